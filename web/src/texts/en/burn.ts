/** While it burns. */
import type { Phase } from '../../api/types';
import { num, str, type Args } from '../args';
import { integer, rate, roughly, times } from '../format';

const seconds = (a: Args, before: string, after: string, plain: string) => {
  const s = num(a, 'seconds');
  return s === undefined ? plain : `${before} ${s < 10 ? s.toFixed(1) : Math.round(s)} s${after}`;
};

/** What the engine notes during a burn. Keyed by code. */
export const notes: Record<string, (args: Args) => string> = {
  'format-started': () => 'Formatting began.',
  'speed-set': (a) => `Speed set to ${times(num(a, 'times') ?? 1)}.`,
  'speed-adjusted': (a) => {
    const x = num(a, 'times');
    return x === undefined ? 'The drive chose another speed.' : `The drive chose ${times(x)} instead of the speed asked for.`;
  },
  calibrated: () => 'Laser power set on this disc.',
  'speed-refused': () => 'The drive keeps its own speed.',
  recovered: (a) => `The drive recovered from an error${num(a, 'lba') === undefined ? '' : ` at sector ${integer(num(a, 'lba') ?? 0)}`}.`,
  resumed: () => 'The drive goes on.',
  'reload-refused': () => 'The drive does not load the disc by itself; it is read without a reload.',
  'tray-stayed-open': () => 'The tray stayed open, so the disc is not read back.',
  'reload-by-hand': () =>
    'The drive still tells of the disc as it was before. It is written and closed, and not read back: take it out, put it in again.',
  'verify-retry': (a) => `Sector ${integer(num(a, 'lba') ?? 0)} is read again.`,
  'cue-sheet-variant': () => 'The drive wanted the layout of the disc in another form, and took that.',
  'session-begins': (a) => `Session ${integer(num(a, 'number') ?? 1)} of ${integer(num(a, 'of') ?? 1)} begins.`,
  'raw-instead': () => 'The drive takes no layout of this disc. It is written raw instead, with everything that the drive would have made.',
  'clean-up-failed': () => 'The drive did not let the disc be tidied up after the stop.',
  'calibration-skipped': () => 'This drive sets its laser power by itself.',
  'write-started': (a) => `Writing began at sector ${integer(num(a, 'lba') ?? num(a, 'start') ?? 0)}.`,
  'drive-waiting': (a) => seconds(a, 'The drive asked to wait for', '.', 'The drive asked to wait.'),
  flushing: () => 'The drive empties its buffer.',
  closing: () => 'Closing began.',
  reloading: () => 'The disc is reloaded.',
  'verify-started': () => 'Reading back began.',
  retry: (a) => `Tried sector ${integer(num(a, 'lba') ?? 0)} again.`,
  stopping: () => 'Stopping.',
};

const phases: Record<Phase, string> = {
  prepare: 'Prepare',
  calibrate: 'Calibrate',
  write: 'Write',
  close: 'Close',
  verify: 'Verify',
};
const doing: Record<Phase, string> = {
  prepare: 'Preparing',
  calibrate: 'Setting the laser power',
  write: 'Writing',
  close: 'Closing the disc',
  verify: 'Reading back',
};

export const burn = {
  progress: 'Burn progress',
  phasesLabel: 'Phases',
  phase: phases,
  doing,
  doingAt: (phase: Phase, x: number) => (x > 0 ? `${doing[phase]} at ${times(x)}` : doing[phase]),
  leftInPhase: (s: number) => `, about ${roughly(s)} left for this phase`,
  noPercent: (s: number | null) =>
    s === null || s < 2 ? ', which shows no percentage' : `, which takes about ${roughly(s)} and shows no percentage`,
  amounts: (done: string, total: string) => `${done} of ${total}`,
  session: (number: number, of: number) => `Session ${integer(number)} of ${integer(of)}`,
  allDone: (time: string) => `all done about ${time}`,
  lastPhase: 'the last phase',
  phaseTime: (spent: string, expected: number | null) => (expected === null ? spent : `${spent} of about ${roughly(expected)}`),
  phaseExpected: (expected: number | null) => (expected === null ? '' : expected < 1 ? 'a moment' : `about ${roughly(expected)}`),
  noError: (spent: string) => `${spent}, no error`,
  failedHere: 'stopped here',
  valueText: (phase: Phase, percent: number | null, left: number | null) =>
    percent === null
      ? `${doing[phase]}, no percentage`
      : `${doing[phase]}, ${percent} percent${left === null ? '' : `, about ${roughly(left).replace(' ', ' ')} left for this phase`}`,
  host: 'Host buffer',
  drive: 'Drive buffer',
  ofMebibytes: (used: string, total: string) => `${used} of ${total} MiB`,
  driveMute: 'this drive does not tell',
  source: 'Your image',
  sourceNeeds: (x: number, need: number) => `${times(x)} needs ${rate(need)}`,
  sourceMeasured: 'measured before the burn',
  low: 'low',
  waiting: 'waiting for your image',
  curve: 'Speed across the disc',
  curveNow: (now: number, average: number, bytesPerSecond: number) =>
    `${times(now)} now · ${times(average)} on average · ${rate(bytesPerSecond)}`,
  curveDone: (most: number, average: number) => `${times(most)} at most · ${times(average)} on average`,
  curveSay: (from: number, most: number, amount: string) =>
    `Write speed: ${times(from)} at the start, ${times(most)} at most, over ${amount}.`,
  curveFailed: (percent: string) => `${percent}, error`,
  events: 'Events',
  note: (code: string, args: Args) => (notes[code] ?? (() => str(args, 'message') ?? `${code}.`))(args),
  stop: 'Stop…',
  stopping: 'Stopping…',
  stoppingSay: 'Stopping at the next safe place. What can be closed is closed.',
  verifyStop: 'A stop now leaves the disc written but not checked.',
  closeStop: 'The disc is being finished. A stop waits until that is done.',
  dialogTitle: 'Stop writing?',
  dialogTitleVerify: 'Stop checking?',
  dialogVerify: 'The disc is written and closed. Without the check nobody knows whether it reads back correctly.',
  dialogKeep: 'Keep burning',
  dialogStop: 'Stop writing',
  dialogStopVerify: 'Stop checking',
  announcePhase: (phase: Phase) => `${doing[phase]}.`,
  announcePercent: (phase: Phase, percent: number) => `${doing[phase]}: ${percent} percent.`,
} as const;
