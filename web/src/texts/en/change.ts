/** Erasing and formatting a disc: what is asked beforehand, what is said meanwhile and afterwards. */
import { holdsData } from '../../api/holds-data';
import { recordedSessions } from '../../api/recorded-sessions';
import type { BurnPlan, Change, ChangeOffer, FormatGoal, MediumState, Spare } from '../../api/types';
import { integer, roughly, sectorBytes } from '../format';

/** What a disc is formatted for. Keyed by goal. */
export const goals: Record<FormatGoal, { name: string; say: string }> = {
  sequential: { name: 'In sessions', say: 'Blank, and written one session after another, as DVD-R is.' },
  restricted: { name: 'For overwriting', say: 'Written and overwritten in place, as often as you like (restricted overwrite).' },
  background: { name: 'From the beginning', say: 'The drive formats the start now and the rest by itself, while the disc is already used.' },
  resume: { name: 'Go on formatting', say: 'The drive goes on where it was stopped. What is on the disc stays.' },
  stop: { name: 'Stop formatting', say: 'The drive stops where it is and finishes the disc for reading. What is on it stays.' },
  spare: { name: 'With spare room', say: 'Places that turn out bad are replaced from room set aside.' },
  pow: { name: 'With spare room, replaceable', say: 'As before, and a later burn can replace what is on the disc, as long as there is room (pseudo-overwrite).' },
  rrm: { name: 'Random recording', say: 'Every place can be written once, in any order. Made for special programs.' },
};

const spares: Record<Exclude<Spare, number>, string> = {
  usual: 'As the drive proposes',
  none: 'None',
  least: 'Least',
  most: 'Most',
};

/** What doing it thoroughly means. */
function thorough(m: MediumState, goal: FormatGoal): string {
  if (goal === 'background' || goal === 'resume') return 'Wait until all of the disc is formatted';
  if (goal === 'sequential') return 'Erase every sector';
  if (m.family === 'bd') return 'Try every place on the disc (certify)';
  return 'Format every sector';
}

const isErase = (c: Change) => c.kind === 'erase';
const keeps = (c: Change) => c.kind === 'format' && (c.goal === 'stop' || c.goal === 'resume');
const stops = (c: Change) => c.kind === 'format' && c.goal === 'stop';

function holds(m: MediumState): string {
  const n = recordedSessions(m).length;
  const data = m.status === 'overwritable' || n === 0 ? 'data' : n === 1 ? 'one session' : `${integer(n)} sessions`;
  const end = m.status === 'overwritable' ? null : m.lastWrittenAddress;
  return end === null ? `This ${m.typeName} holds ${data}.` : `This ${m.typeName} holds ${data}, ${sectorBytes(end + 1)}.`;
}

/** What is lost; said before anything is done. */
function lost(m: MediumState, c: Change): string {
  if (keeps(c)) return 'What is on the disc stays.';
  const once = c.kind === 'format' && !m.rewritable ? ` A ${m.typeName} is formatted once, for good.` : '';
  if (!holdsData(m)) return `This ${m.typeName} looks blank, so nothing is lost.${once}`;
  return `${holds(m)} All of it is lost, and that cannot be undone.`;
}

const time = (seconds: number | null) => (seconds === null ? 'Nobody can tell how long it takes.' : `Takes about ${roughly(seconds)}.`);

/** The two ways of erasing. */
function way(m: MediumState, full: boolean): { name: string; say: string } {
  const dvdRw = m.typeName.startsWith('DVD-RW');
  const later = dvdRw && m.status === 'overwritable' ? ' It is then written in sessions until it is formatted again.' : '';
  if (full) return { name: 'Full', say: `Every sector is erased. For a disc that gave trouble, or that is to be given away.${later}` };
  const once = dvdRw ? ' The disc then takes one burn; after a full erase, several.' : '';
  return {
    name: 'Quick',
    say: m.status === 'overwritable' && !dvdRw
      ? 'Only both ends of the disc, so that it looks blank. What lies between can be restored by experts.'
      : `Only what says where data lies. What lies there can be restored by experts until it is written over.${once}`,
  };
}

/** Can it be stopped, and what is left then? */
function stopping(can: boolean, plan: BurnPlan): string {
  if (!can) return 'Once begun, the drive does it to the end: it cannot be stopped.';
  return plan.steps.some((step) => step.code === 'await-format')
    ? 'It can be stopped: the disc is then usable, and the rest can be formatted later.'
    : 'It can be stopped: what is erased by then stays erased, and the disc can be written again.';
}

const doing = (c: Change) => (isErase(c) ? 'Erasing' : stops(c) ? 'Ending the formatting' : 'Formatting');
const doingDisc = (c: Change) => (isErase(c) ? 'Erasing the disc' : stops(c) ? 'Ending the formatting' : 'Formatting the disc');

/** What the job is, in a few words. */
function job(c: Change): string {
  if (c.kind === 'erase') return c.full ? 'Full erase' : 'Quick erase';
  return `Format: ${goals[c.goal].name.toLowerCase()}`;
}

export const change = {
  erase: 'Erase disc…',
  format: 'Format disc…',
  title: (m: MediumState, c: Change) =>
    c.kind === 'erase' ? `Erase this ${m.typeName}?` : `${keeps(c) ? goals[c.goal].name : 'Format'} this ${m.typeName}?`,
  lost,
  ways: 'How thoroughly',
  way,
  goals: 'What for',
  goal: (goal: FormatGoal) => goals[goal],
  spare: 'Room for bad places',
  spareOption: (spare: Spare, offer: ChangeOffer) => {
    const word = typeof spare === 'number' ? `${integer(spare)} sectors` : spares[spare];
    return offer.sectors === null ? word : `${word}: ${sectorBytes(offer.sectors)} for data`;
  },
  spareOwn: 'Another size…',
  spareSize: 'Size in MB',
  remains: (sectors: number) => `${sectorBytes(sectors)} for data.`,
  thorough,
  time,
  stopping,
  planning: 'Looking at what would happen…',
  keep: 'Leave the disc as it is',
  go: (c: Change) => (isErase(c) ? 'Erase disc' : stops(c) ? 'Stop formatting' : 'Format disc'),
  // while it runs
  progress: (c: Change) => (isErase(c) ? 'Erase progress' : 'Format progress'),
  doing: doingDisc,
  job,
  brief: (c: Change, type: string) => `${type} · ${job(c)}`,
  medium: (c: Change) => doing(c),
  mediumSay: 'The drive works on the disc. Leave it alone.',
  leftAbout: (s: number) => `, about ${roughly(s)} left`,
  noPercent: (s: number) => `, which takes about ${roughly(s)}; this drive shows no percentage`,
  valueText: (c: Change, percent: number | null, left: number | null) =>
    percent === null ? `${doingDisc(c)}, no percentage` : `${doingDisc(c)}, ${percent} percent${left === null ? '' : `, about ${roughly(left)} left`}`,
  announce: (c: Change, percent: number | null) => (percent === null ? `${doingDisc(c)}.` : `${doingDisc(c)}: ${percent} percent.`),
  pageTitle: (c: Change, percent: number | null) => (percent === null ? `${doing(c)} – webburn` : `${percent} % – ${doing(c)}`),
  pageDone: (c: Change) => (isErase(c) ? 'Erased – webburn' : 'Formatted – webburn'),
  pageFailed: (c: Change) => (isErase(c) ? 'Not erased – webburn' : 'Not formatted – webburn'),
  cannotStop: 'The drive does this by itself and cannot be stopped. Pulling the plug may ruin the disc.',
  canStop: (awaits: boolean) =>
    awaits ? 'A stop now leaves the disc usable; the rest can be formatted later.' : 'A stop now leaves the disc half erased; it can be written again.',
  stoppingSay: 'Stopping at the next safe place.',
  // the stop dialog
  stopTitle: (c: Change) => (isErase(c) ? 'Stop erasing?' : 'Stop formatting?'),
  stopAsk: (awaits: boolean, type: string) =>
    awaits
      ? `The drive stops where it is and finishes this ${type} for use. The rest can be formatted later.`
      : `What is erased stays erased; the rest of the old data stays on this ${type}. It can be written or erased again.`,
  stopKeep: (c: Change) => (isErase(c) ? 'Keep erasing' : 'Keep formatting'),
  stopGo: (c: Change) => (isErase(c) ? 'Stop erasing' : 'Stop formatting'),
  // the verdict
  done: (c: Change) =>
    c.kind === 'erase' ? (c.full ? 'Erased. What was on the disc is gone.' : 'Erased. The disc counts as blank again.') : stops(c) ? 'Formatting ended. The disc can be read and burnt.' : 'Formatted.',
  took: (seconds: number) => `It took ${roughly(seconds)}.`,
  stopped: 'Stopped, as you asked.',
  failed: (c: Change) => (isErase(c) ? 'The disc was not erased.' : 'The disc was not formatted.'),
  unknown: 'What the disc is now could not be asked. Look at it again before you use it.',
  back: 'Back to the disc',
  log: (c: Change, type: string, drive: string) => `${job(c)} of the ${type} began on ${drive}.`,
  logDone: (c: Change, stopped: boolean) => `${job(c)}: ${stopped ? 'stopped' : 'done'}.`,
} as const;
