import { describe, expect, it } from 'vitest';
import type { BurnPlan, BurnResult, MediumState } from '../api/types';
import * as f from '../testing/fixtures';
import { run } from '../testing/states';
import { t } from '../texts';
import { pictureOf } from '../ui/disc/picture';
import type { Event } from './events';
import { enter, freshPhases } from './phases';
import { sessionOf } from './reduce';
import type { Job, State } from './state';

const PLAN: BurnPlan = {
  steps: [
    { code: 'write', args: { sectors: 700, start: -150, sectorBytes: 2352 }, seconds: 10, session: 1 },
    { code: 'flush', args: {}, seconds: 30, session: 1 },
    { code: 'write', args: { sectors: 550, start: 11_950 }, seconds: 8, session: 2 },
    { code: 'flush', args: {}, seconds: 30, session: 2 },
    { code: 'verify', args: { sectors: 1250 }, seconds: 18, session: null },
  ],
  ifStopped: { code: 'disc-spent', args: {} },
  startAddress: 0,
  sectors: 1250,
  seconds: 96,
  closes: true,
  cd: { sessions: 2, end: 12_500, raw: false, graphics: 'none' },
};
const session = (number: number, start: number, end: number) => ({ number, firstTrack: number, lastTrack: number, start, end, open: false });
const AFTER: MediumState = { ...f.CD_R, status: 'complete', writable: false, sessions: [session(1, 0, 700), session(2, 12_100, 12_500)], lastWrittenAddress: 12_499 };

const source = { set: 1, files: [], main: 'extra.cue', audio: null, texts: true, raw: false };
const told = { sessions: 2, graphics: false, leadOut: 12_500, mcn: null, title: null, performer: null, tracks: [], notes: [], leftOut: [] };
const note = (at: number, number: number): Event => ({ type: 'burn-event', at, event: { type: 'note', code: 'session-begins', args: { number, of: 2 } } });
const phase = (at: number, name: 'prepare' | 'write' | 'close' | 'verify'): Event => ({ type: 'burn-event', at, event: { type: 'phase', phase: name } });
const wrote = (at: number, done: number): Event => ({ type: 'burn-event', at, event: f.progress({ sectorsDone: done, sectorsTotal: 1250, fraction: done / 1250 }) });
const BEGUN: Event[] = [
  { type: 'started', capabilities: { wasm: true, workers: true, secure: true, webUsb: true, webLocks: true, wakeLock: true, savePicker: true }, drives: [f.SIM] },
  { type: 'opened', at: 0, open: f.open(f.CD_R) },
  { type: 'image', at: 0, image: { ticket: 1, file: new File([], 'extra.cue'), name: 'extra.cue', bytes: 1, cd: { source, told }, probe: { kind: 'read', bytesPerSecond: null } } },
  { type: 'planning', ticket: 2 },
  { type: 'planned', ticket: 2, plan: PLAN },
  { type: 'burn', at: 1000 },
  note(1000, 1),
  phase(1000, 'prepare'),
  phase(2000, 'write'),
  wrote(6000, 700),
  phase(7000, 'close'),
];
const SECOND: Event[] = [...BEGUN, note(17_000, 2), phase(17_000, 'prepare'), phase(18_000, 'write')];
const job = (state: State): Job => {
  if (!('job' in state.stage)) throw new Error(`no job while ${state.stage.at}`);
  return state.stage.job;
};
const record = (state: State, name: string) => job(state).phases.find((one) => one.phase === name);

describe('sessions one after the other', () => {
  it('are told by the last note', () => {
    expect(sessionOf(job(run(BEGUN)))).toEqual({ number: 1, of: 2 });
    expect(sessionOf(job(run(SECOND)))).toEqual({ number: 2, of: 2 });
    expect(sessionOf({ ...job(run(BEGUN)), notes: [] })).toBeNull();
  });
  it('share the phases: what has more to come is not whole, and what it took before counts', () => {
    expect(record(run(BEGUN), 'write')).toMatchObject({ endedAt: 7000, fraction: 0.56 });
    expect(record(run(SECOND), 'write')).toMatchObject({ startedAt: 13_000, endedAt: null, fraction: 0.56 });
    const end = run([...SECOND, wrote(20_000, 1250), phase(21_000, 'close'), phase(31_000, 'verify')]);
    expect(record(end, 'write')).toMatchObject({ startedAt: 13_000, endedAt: 21_000, fraction: 1 });
    expect(record(end, 'close')).toMatchObject({ startedAt: 11_000, endedAt: 31_000, fraction: 1 });
    // A burn without sessions goes through each phase once.
    const plain = enter(enter(freshPhases(f.PLAN, true), 'write', 5), 'close', 9);
    expect(plain.find(({ phase: name }) => name === 'write')).toMatchObject({ startedAt: 5, endedAt: 9, fraction: 1 });
  });
  it('lie further apart on the disc than their sectors say', () => {
    expect(pictureOf(run(BEGUN.slice(0, 5))).goal).toBe(12_500);
    expect(pictureOf(run(BEGUN))).toMatchObject({ goal: 12_500, laser: 7000 });
    const result: BurnResult = { ...f.RESULT, outcome: 'verified', sectors: 1250, startAddress: 0, tracks: [], sessions: ['verified', 'verified'], medium: AFTER };
    const done = pictureOf(run([...SECOND, { type: 'burnt', at: 40_000, result }]));
    expect(done.spans.map(({ kind, from, to }) => [kind, from, to])).toEqual([['good', 0, 700], ['good', 12_100, 12_500]]);
    expect(done.seal).toBe(true);
  });
});

describe('what is said of them', () => {
  it('before', () => {
    expect(t.cd.brief(3, 12_500, 2)).toBe('3 tracks in 2 sessions · 2:47');
    expect(t.cd.way({ sessions: 2, end: 1, raw: false, graphics: 'none' })).toMatch(/^The 2 sessions are written one after the other/);
    expect(t.cd.way({ sessions: 1, end: 1, raw: true, graphics: 'none' })).toMatch(/^All of it is written raw/);
    expect(PLAN.steps.map((step) => t.plan.step(step))).toEqual(expect.arrayContaining(['Write 0:09, with the two seconds before the first track.', 'Write 0:07 of data, from sector 11\u202f950 on.']));
    expect(t.plan.step({ code: 'write', args: { sectors: 19_300, start: -11_634, sectorBytes: 2448 }, seconds: null, session: 1 })).toBe('Write 4:17: lead-in, tracks and lead-out, each sector with its sub-channel.');
  });
  it('after a stop and a failure', () => {
    const stopped: BurnResult = { ...f.RESULT, outcome: 'stopped', sectors: 900, sessions: ['written', 'stopped'] };
    expect(t.result.detail(stopped, true)).toContain('Session 1 is finished on the disc and can be read. Session 2 is unfinished.');
    expect(t.result.detail({ ...stopped, sessions: ['stopped'] }, true)).not.toContain('Session');
    const failure = f.failure('write-error', { args: { session: 3, cd: true }, refusedBeforeWriting: false, medium: { ...f.CD_R, status: 'damaged' } });
    expect(t.failure.truths.disc.now(failure, f.CD_R, 900, true)).toEqual({
      head: 'Sessions 1 to 2 are finished on the disc and can be read.',
      say: 'Session 3 is unfinished. Nothing more can be written on this disc.',
    });
    const elsewhere = f.failure('cue-sheet-invalid', { args: { reason: 'starts-elsewhere', session: 2 } });
    expect(t.failure.what(elsewhere)).toBe('Session 2 of the image does not begin where a drive begins one on this disc.');
  });
  it('of raw burns and what stands against them', () => {
    const same = { compared: 'equal', first: null, different: 0 } as const;
    const raw = { sectors: 800, main: same, q: same, rToW: { compared: 'different', first: 12, different: 1 }, offset: 30, noise: 2, uncorrected: 0 } as const;
    expect(t.cd.channel(raw, 'main')).toBe('Main channel: as sent, 30 samples aside as drives do.');
    expect(t.cd.channel(raw, 'rToW')).toBe('Sub-channels R to W (graphics and text): 1 sector differs, the first at 12.');
    expect(t.cd.noise(raw)).toBe('2 frames of the sub-channel came back with noise. That is the way of the channel, and says nothing about what was written.');
    expect(t.cd.noise({ ...raw, noise: 0 })).toBe('');
    const refused = (code: string, args: Record<string, string | number | boolean>) => t.failure.what(f.failure(code, { args: { cd: true, ...args } }));
    expect(refused('image-not-supported', { reason: 'sessions-not-raw', sessions: 2 })).toBe('This image has 2 sessions, and no drive writes more than one raw.');
    expect(refused('drive-cannot-write-this', { raw: true })).toBe('This drive does not write discs raw.');
    expect(refused('disc-not-blank', {})).toBe('Something is on this disc already, and tracks are written on a blank one.');
    expect(refused('disc-unsupported', { medium: 'DVD+R' })).toBe('This makes a CD, and the drive holds a DVD+R.');
  });
});
