/** What can be chosen in the dialog of an erase or format, and what each choice leads to. Pure. */
import type { Change, ChangeOffer, FormatGoal, MediumState } from '../../api/types';

type Format = Extract<Change, { kind: 'format' }>;
type FormatOffer = ChangeOffer & { change: Format };

export interface Choices {
  /** Erase: quick and full. */
  ways: ChangeOffer[];
  /** Format: each goal, with the change that it leads to. */
  goals: { goal: FormatGoal; change: Format }[];
  /** Spare rooms for the chosen goal. */
  spares: FormatOffer[];
  /** A size of one's own can be asked for. */
  sized: boolean;
  /** The same, thoroughly or no longer so; `null` where there is no such choice. */
  thorough: Format | null;
}

const isFormat = (offer: ChangeOffer): offer is FormatOffer => offer.change.kind === 'format';

const rank = (goal: FormatGoal) => (goal === 'stop' || goal === 'resume' ? 0 : 1);

/** Of the offers for a goal the one nearest to what is chosen: the same room if it can be had, then the same thoroughness. */
function nearest(offers: FormatOffer[], wanted: Format): FormatOffer | undefined {
  const score = (offer: FormatOffer) => (offer.change.spare === wanted.spare ? 2 : 0) + (offer.change.full === wanted.full ? 1 : 0);
  return offers.toSorted((a, b) => score(b) - score(a))[0];
}

/** What the dialog of a format begins with: what ends or goes on with a format, else what makes another disc of it. */
export function firstFormat(m: MediumState): Change | undefined {
  const formats = m.changes.filter(isFormat).map((offer) => offer.change);
  const other = (change: Format) => change.goal === (m.status === 'overwritable' ? 'sequential' : 'restricted');
  return formats.find((change) => change.goal === 'stop' || change.goal === 'resume') ?? formats.find(other) ?? formats[0];
}

export function choicesOf(offers: ChangeOffer[], chosen: Change): Choices {
  if (chosen.kind === 'erase') {
    return { ways: offers.filter((offer) => offer.change.kind === 'erase'), goals: [], spares: [], sized: false, thorough: null };
  }
  const formats = offers.filter(isFormat);
  // What goes on from here comes before what begins anew.
  const known = [...new Set(formats.map((offer) => offer.change.goal))];
  const goals = known.toSorted((a, b) => rank(a) - rank(b)).flatMap((goal) => {
    const best = nearest(formats.filter((offer) => offer.change.goal === goal), goal === chosen.goal ? chosen : { ...chosen, full: false });
    return best === undefined ? [] : [{ goal, change: best.change }];
  });
  const here = formats.filter((offer) => offer.change.goal === chosen.goal);
  const spares = [...new Set(here.map((offer) => offer.change.spare))].flatMap((spare) => {
    const best = nearest(here.filter((offer) => offer.change.spare === spare), chosen);
    return best === undefined ? [] : [best];
  });
  // A size of one's own can be had wherever the least can.
  const word = typeof chosen.spare === 'number' ? 'least' : chosen.spare;
  const other = here.find((offer) => offer.change.spare === word && offer.change.full !== chosen.full);
  const thorough = other === undefined ? null : { ...other.change, spare: chosen.spare };
  return { ways: [], goals, spares, sized: spares.some((offer) => offer.change.spare === 'most'), thorough };
}
