/** The plan of a burn, before anything is written: what will happen, and what a stop would mean. */
import type { IfStopped, PlanStep } from '../../api/types';
import { num, type Args } from '../args';
import { cdTime, integer, roughly, sectorBytes, times } from '../format';

type Sentence = (args: Args) => string;

const speed = (args: Args) => {
  const x = num(args, 'times');
  return x === undefined ? '' : ` at ${times(x)}`;
};

/** One sentence a step. Keyed by the code of the step. */
export const steps: Record<string, Sentence> = {
  format: () => 'Format the disc.',
  'layer-break': (a) => {
    const n = num(a, 'sectors');
    return n === undefined ? 'Divide the data between the two layers.' : `Divide the data between the layers: ${sectorBytes(n)} on the first.`;
  },
  'await-format': () => 'Wait until all of the disc is formatted.',
  'format-background': () => 'Format the beginning of the disc; the rest is formatted behind the scenes.',
  blank: (a) => (a['full'] === true ? 'Erase the whole disc.' : 'Erase the disc: what is on it is gone.'),
  reserve: (a) => {
    const n = num(a, 'sectors');
    return n === undefined ? 'Reserve the room on the disc.' : `Reserve ${sectorBytes(n)} on the disc.`;
  },
  'cue-sheet': () => 'Tell the drive what lies where on the disc, so that it writes all of it in one go.',
  'mode-page': () => 'Tell the drive how to write.',
  speed: (a) => {
    const x = num(a, 'times');
    return x === undefined ? 'Set the speed.' : `Set the speed to ${times(x)}.`;
  },
  calibrate: () => 'Set the laser power on the test area of this disc.',
  write: (a) => {
    const n = num(a, 'sectors');
    const start = num(a, 'start') ?? 0;
    const size = num(a, 'sectorBytes');
    if (size === 96) return 'Write the titles and names (CD-Text) before the first track.';
    // Nothing but a raw burn writes so far before the first track.
    if (size !== undefined && n !== undefined && start < -4500) return `Write ${cdTime(n)}${speed(a)}: lead-in, tracks and lead-out, each sector with its sub-channel.`;
    if (size !== undefined && n !== undefined) return `Write ${cdTime(n)}${speed(a)}${start < 0 ? ', with the two seconds before the first track' : ''}.`;
    if (a['cd'] === true && start >= 0 && n !== undefined) return `Write ${cdTime(n)} of data${speed(a)}, from sector ${integer(start)} on.`;
    // Only a CD has anything before address 0.
    if (start < 0 && n !== undefined) return `Write ${sectorBytes(n)} of data${speed(a)}, with the two seconds before the first track.`;
    const what = n === undefined ? 'Write the image' : `Write ${sectorBytes(n)}`;
    return `${what}${speed(a)}, from sector ${integer(start)} on.`;
  },
  'fill-up': () => 'Fill the track up to the shortest length that readers accept.',
  flush: () => 'Empty the drive’s buffer onto the disc.',
  'close-track': () => 'Close the track.',
  'close-session': () => 'Close the session. More can be added to the disc later.',
  'close-disc': () => 'Close the disc. Nothing can be added later.',
  'stop-format': () => 'End the formatting, so that readers accept the disc.',
  reload: () => 'Reload the disc, so that nothing is read from a buffer.',
  verify: (a) => {
    const n = num(a, 'sectors');
    return n === undefined
      ? 'Read every sector back and compare it with what was sent.'
      : `Read all ${integer(n)} sectors back and compare them with what was sent.`;
  },
};

/** Steps during which a drive tells no percentage. */
const mute = new Set(['flush', 'close-track', 'close-session', 'close-disc', 'stop-format', 'format', 'blank']);

interface Stop {
  /** For the plan line. */
  short: string;
  /** In the note: what, and why. */
  title: string;
  why: string;
  /** While it burns; `done` is an amount. */
  now: (done: string) => string;
  /** In the dialog. */
  ask: (type: string, done: string) => string;
  /** Does a stop cost a disc? */
  costs: boolean;
}

/** What a stop means. Keyed by the code of `ifStopped`. */
export const stops: Record<string, Stop> = {
  'disc-reusable': {
    short: 'A stop costs nothing: the disc can be written again.',
    title: 'A stop would cost no disc.',
    why: 'This disc can be written again. What was on it, and what was written until then, is lost.',
    now: () => 'A stop now leaves a disc that can be written again.',
    ask: (type, done) => `The ${done} already written are lost. This ${type} can be written again.`,
    costs: false,
  },
  'disc-appendable': {
    short: 'A stop would use up part of this disc.',
    title: 'A stop would use up a part of this disc.',
    why: 'What is written until then stays on it, incomplete. The rest of the disc can still be used.',
    now: (done) => `A stop now uses up ${done} of this disc; the rest stays free.`,
    ask: (type, done) => `The ${done} already written stay on this ${type}, incomplete. The rest of it can still be used.`,
    costs: true,
  },
  'disc-spent': {
    short: 'A stop would use up this disc.',
    title: 'A stop would use up this disc.',
    why: 'It is written once. If you stop while it writes, it cannot be used for this job again.',
    now: () => 'A stop now uses up this disc.',
    ask: (type, done) => `This ${type} keeps the ${done} already written, but cannot be used for this job again.`,
    costs: true,
  },
  'disc-as-before': {
    short: 'A stop costs nothing: the disc is not written.',
    title: 'A stop would cost no disc.',
    why: 'This is a test: the laser stays too weak to write, and the disc stays as it is.',
    now: () => 'A stop now leaves the disc as it is.',
    ask: (type) => `Nothing was written. This ${type} stays as it is.`,
    costs: false,
  },
};

const unknownStop: Stop = {
  short: 'A stop may use up this disc.',
  title: 'A stop may use up this disc.',
  why: 'What a stop leaves on it cannot be told beforehand.',
  now: () => 'A stop now may use up this disc.',
  ask: (type) => `What a stop leaves on this ${type} cannot be told beforehand.`,
  costs: true,
};

export const plan = {
  title: 'What will happen',
  step: (s: PlanStep) => (steps[s.code] ?? (() => `Next step: ${s.code}.`))(s.session === undefined ? s.args : { ...s.args, cd: true }),
  stepTime: (s: PlanStep) => {
    if (s.seconds === null) return mute.has(s.code) ? 'No percentage moves meanwhile.' : null;
    if (s.seconds < 1) return null;
    const time = `About ${roughly(s.seconds)}`;
    return mute.has(s.code) && s.seconds >= 20 ? `${time}, in which no percentage moves.` : `${time}.`;
  },
  session: (n: number, of: number) => `Session ${integer(n)} of ${integer(of)}`,
  forAll: 'Then, for all sessions',
  stop: (s: IfStopped) => stops[s.code] ?? unknownStop,
  ready: 'Ready.',
  about: (seconds: number, verify: boolean) => `About ${roughly(seconds)}${verify ? ' with verifying' : ''}.`,
  doneAround: (time: string) => `Done around ${time} if you start now.`,
  show: 'Plan and checks',
  hide: 'Hide plan',
  making: 'Looking at what would happen…',
  /** Beside the disabled button. */
  why: {
    drive: 'Choose a drive first.',
    image: 'Choose an image first.',
    music: 'Choose music first.',
    disc: 'Put in a disc first.',
    closed: 'This disc cannot be written.',
    planning: 'The plan is being made.',
    changing: 'The disc is being looked at.',
    saving: 'The disc’s contents are being saved.',
  },
  options: {
    speed: 'Speed',
    fastest: (x: number | null) => (x === null ? 'Auto' : `Auto: ${times(x)}`),
    verify: 'Verify',
    close: 'Close the disc (nothing can be added later)',
    overwrite: 'Replace what is on the disc',
  },
  burn: 'Burn disc',
} as const;
