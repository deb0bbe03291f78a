/** What can be chosen in the dialog of an erase or format, and what each choice leads to. Pure. */
import type { Change, ChangeOffer, FormatGoal } from '../../api/types';

type Format = Extract<Change, { kind: 'format' }>;
type FormatOffer = ChangeOffer & { change: Format };

export interface Choices {
  /** Erase: quick and full. */
  ways: ChangeOffer[];
  /** Format: each goal, with the change that it leads to. */
  goals: { goal: FormatGoal; change: Format }[];
  /** Spare rooms for the chosen goal. */
  spares: FormatOffer[];
  /** The same, thoroughly or no longer so; `null` where there is no such choice. */
  thorough: Format | null;
}

const isFormat = (offer: ChangeOffer): offer is FormatOffer => offer.change.kind === 'format';

/** Of the offers for a goal the one nearest to what is chosen: the same room if it can be had, then the same thoroughness. */
function nearest(offers: FormatOffer[], wanted: Format): FormatOffer | undefined {
  const score = (offer: FormatOffer) => (offer.change.spare === wanted.spare ? 2 : 0) + (offer.change.full === wanted.full ? 1 : 0);
  return offers.toSorted((a, b) => score(b) - score(a))[0];
}

export function choicesOf(offers: ChangeOffer[], chosen: Change): Choices {
  if (chosen.kind === 'erase') {
    return { ways: offers.filter((offer) => offer.change.kind === 'erase'), goals: [], spares: [], thorough: null };
  }
  const formats = offers.filter(isFormat);
  const goals = [...new Set(formats.map((offer) => offer.change.goal))].flatMap((goal) => {
    const best = nearest(formats.filter((offer) => offer.change.goal === goal), goal === chosen.goal ? chosen : { ...chosen, full: false });
    return best === undefined ? [] : [{ goal, change: best.change }];
  });
  const here = formats.filter((offer) => offer.change.goal === chosen.goal);
  const spares = [...new Set(here.map((offer) => offer.change.spare))].flatMap((spare) => {
    const best = nearest(here.filter((offer) => offer.change.spare === spare), chosen);
    return best === undefined ? [] : [best];
  });
  const thorough = here.find((offer) => offer.change.spare === chosen.spare && offer.change.full !== chosen.full);
  return { ways: [], goals, spares, thorough: thorough?.change ?? null };
}
