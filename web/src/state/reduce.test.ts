import { describe, expect, it } from 'vitest';
import * as f from '../testing/fixtures';
import { run, states } from '../testing/states';
import { announce } from './announce';
import type { Event } from './events';
import { reduce } from './reduce';
import { initial, type State } from './state';

const all = states(1_000_000_000_000);
const at = 1;

const EVENTS: Record<string, Event> = {
  started: { type: 'started', capabilities: { wasm: true, workers: true, secure: true, webUsb: true, webLocks: true, wakeLock: true, savePicker: true }, drives: [f.SIM] },
  'start-failed': { type: 'start-failed', at, failure: f.failure('no-wasm') },
  crashed: { type: 'crashed', at, failure: f.failure('engine-failed') },
  drives: { type: 'drives', drives: [] },
  opening: { type: 'opening', drive: f.SIM },
  opened: { type: 'opened', at, open: f.open(f.CD_R) },
  'open-failed': { type: 'open-failed', at, drive: f.BRIDGE, failure: f.failure('drive-held') },
  'drive-gone': { type: 'drive-gone', at, failure: f.failure('bridge-gone') },
  'disc-changing': { type: 'disc-changing' },
  disc: { type: 'disc', at, medium: f.CD_R },
  image: { type: 'image', at, image: { ticket: 9, file: new File([], 'a.iso'), name: 'a.iso', bytes: 2048, probe: { kind: 'reading' } } },
  'image-removed': { type: 'image-removed' },
  options: { type: 'options', patch: { verify: false } },
  planning: { type: 'planning', ticket: 77 },
  planned: { type: 'planned', ticket: 77, plan: f.PLAN },
  burn: { type: 'burn', at },
  phase: { type: 'burn-event', at, event: { type: 'phase', phase: 'close' } },
  'stop-asked': { type: 'stop-asked' },
  stop: { type: 'stop', at },
  burnt: { type: 'burnt', at, result: f.RESULT },
  'burn-failed': { type: 'burn-failed', at, failure: f.WRITE_ERROR },
  ejected: { type: 'ejected', at, medium: f.NONE },
  back: { type: 'back' },
};

/** Stage after each event, from each stage. One row an event: the table is the behaviour. */
const FROM = ['starting', 'first', 'held', 'blank', 'plan', 'burning', 'verified', 'failed', 'lost'] as const;
const TABLE: Record<string, string> = {
  //               starting  first    held     blank    plan     burning  verified failed   lost
  started: '       welcome  welcome  welcome  welcome  welcome  welcome  welcome  welcome  welcome',
  'start-failed': 'broken   broken   broken   broken   broken   broken   broken   broken   broken',
  crashed: '       refused  refused  refused  refused  refused  burning  done     failed   failed',
  drives: '        starting welcome  refused  ready    ready    burning  done     failed   failed',
  opening: '       opening  opening  opening  opening  opening  burning  opening  opening  opening',
  opened: '        ready    ready    ready    ready    ready    ready    ready    ready    ready',
  'open-failed': ' refused  refused  refused  refused  refused  refused  refused  refused  refused',
  'drive-gone': '  refused  refused  refused  refused  refused  burning  done     failed   failed',
  'disc-changing': 'starting welcome refused  ready    ready    burning  done     failed   failed',
  disc: '          starting welcome  refused  ready    ready    burning  done     failed   failed',
  image: '         starting welcome  refused  ready    ready    burning  done     failed   failed',
  'image-removed': 'starting welcome refused  ready    ready    burning  done     failed   failed',
  options: '       starting welcome  refused  ready    ready    burning  done     failed   failed',
  planning: '      starting welcome  refused  ready    ready    burning  done     failed   failed',
  planned: '       starting welcome  refused  ready    ready    burning  done     failed   failed',
  burn: '          starting welcome  refused  ready    burning  burning  done     failed   failed',
  phase: '         starting welcome  refused  ready    ready    burning  done     failed   failed',
  'stop-asked': '  starting welcome  refused  ready    ready    burning  done     failed   failed',
  stop: '          starting welcome  refused  ready    ready    burning  done     failed   failed',
  burnt: '         starting welcome  refused  ready    ready    done     done     failed   failed',
  'burn-failed': ' starting welcome  refused  ready    ready    failed   done     failed   failed',
  ejected: '       starting welcome  refused  ready    ready    burning  done     failed   failed',
  back: '          starting welcome  welcome  ready    ready    burning  ready    ready    welcome',
};

describe('transitions', () => {
  it.each(Object.keys(EVENTS))('%s', (name) => {
    const event = EVENTS[name]!;
    const row = FROM.map((from) => reduce(from === 'starting' ? initial : all[from]!, event).stage.at);
    expect(row.join(' ')).toBe(TABLE[name]!.trim().replace(/\s+/g, ' '));
  });
  it('the table is whole', () => expect(Object.keys(TABLE).toSorted()).toEqual(Object.keys(EVENTS).toSorted()));
});

const ready = (s: State) => (s.stage.at === 'ready' ? s.stage : expect.unreachable());
const failed = (s: State) => (s.stage.at === 'failed' ? s.stage : expect.unreachable());
const burning = (s: State) => (s.stage.at === 'burning' ? s.stage : expect.unreachable());

describe('the plan', () => {
  it('an answer for an older question is dropped', () => {
    const asked = run([{ type: 'planning', ticket: 5 }, { type: 'planning', ticket: 6 }, { type: 'planned', ticket: 5, plan: f.PLAN }], all['plan']!);
    expect(ready(asked).planning).toEqual({ kind: 'making', ticket: 6 });
  });
  it('another disc or image takes the plan away', () => {
    expect(ready(reduce(all['plan']!, EVENTS['disc']!)).planning.kind).toBe('none');
    expect(ready(reduce(all['plan']!, EVENTS['image']!)).planning.kind).toBe('none');
  });
  it('the leave to overwrite is for one disc only', () => {
    const allowed = reduce(all['rewrite']!, { type: 'options', patch: { overwrite: true } });
    expect(reduce(allowed, EVENTS['disc']!).options.overwrite).toBe(false);
  });
  it('nothing burns without a plan', () => {
    expect(reduce(all['toobig']!, EVENTS['burn']!)).toBe(all['toobig']);
  });
});

describe('the burn', () => {
  it('phases end when the next begins', () => {
    const closing = burning(all['closing']!).job.phases;
    expect(closing.map((p) => [p.phase, p.fraction])).toEqual([['prepare', 1], ['calibrate', 1], ['write', 1], ['close', null], ['verify', null]]);
  });
  it('without verifying there are four phases', () => {
    const s = run([{ type: 'options', patch: { verify: false } }, { type: 'burn', at }], all['plan']!);
    expect(burning(s).job.phases.map((p) => p.phase)).toEqual(['prepare', 'calibrate', 'write', 'close']);
  });
  it('a drive that calibrates by itself has no such phase, until it says so', () => {
    const plan = { ...f.PLAN, steps: f.PLAN.steps.filter((s) => s.code !== 'calibrate') };
    const begun = run([{ type: 'planning', ticket: 3 }, { type: 'planned', ticket: 3, plan }, { type: 'burn', at }], all['plan']!);
    expect(burning(begun).job.phases.map((p) => p.phase)).toEqual(['prepare', 'write', 'close', 'verify']);
    const said = reduce(begun, { type: 'burn-event', at, event: { type: 'phase', phase: 'calibrate' } });
    expect(burning(said).job.phases.map((p) => p.phase)).toEqual(['prepare', 'calibrate', 'write', 'close', 'verify']);
  });
  it('the same note twice is one line', () => {
    const note: Event = { type: 'burn-event', at, event: { type: 'note', code: 'closing', args: {} } };
    expect(burning(run([note, note], all['closing']!)).job.notes.filter((n) => n.code === 'closing')).toHaveLength(1);
  });
  it('the curve stays small and in order', () => {
    const many: Event[] = Array.from({ length: 5000 }, (_, i) => ({ type: 'burn-event', at, event: f.progress({ sectorsDone: 4_000_000 + i * 100 }) }));
    const { samples } = burning(run(many, all['burning']!)).job;
    expect(samples.length).toBeLessThanOrEqual(241);
    expect(samples.every((s, i) => i === 0 || s.sectors > samples[i - 1]!.sectors)).toBe(true);
  });
  it('the engine is believed that nothing was written, while nothing was', () => {
    const begun = run([{ type: 'burn', at }, { type: 'burn-event', at, event: { type: 'phase', phase: 'write' } }], all['plan']!);
    expect(failed(reduce(begun, { type: 'burn-failed', at, failure: f.failure('image-changed') })).failure.refusedBeforeWriting).toBe(true);
    expect(failed(reduce(begun, { type: 'burn-failed', at, failure: f.failure('bridge-gone') })).failure.refusedBeforeWriting).toBe(false);
  });
  it('once writing began nobody says that nothing was written', () => {
    const lost = reduce(all['burning']!, { type: 'burn-failed', at, failure: f.failure('bridge-gone', { refusedBeforeWriting: true }) });
    expect(failed(lost).failure.refusedBeforeWriting).toBe(false);
    expect(failed(lost).open).toBeNull();
  });
  it('a refusal before the laser leaves the disc as it was', () => {
    const begun = run([{ type: 'burn', at }, { type: 'burn-event', at, event: { type: 'phase', phase: 'prepare' } }], all['plan']!);
    const refused = failed(reduce(begun, { type: 'burn-failed', at, failure: f.failure('image-changed', { medium: f.BD_R }) }));
    expect(refused.failure.refusedBeforeWriting).toBe(true);
    expect(refused.open?.medium).toBe(f.BD_R);
  });
  it('the first failure stays', () => {
    const once = reduce(all['burning']!, EVENTS['burn-failed']!);
    expect(reduce(once, { type: 'burn-failed', at, failure: f.failure('internal') })).toBe(once);
  });
  it('an image or option cannot change while it burns', () => {
    expect(reduce(all['burning']!, EVENTS['image']!)).toBe(all['burning']);
    expect(reduce(all['burning']!, EVENTS['options']!)).toBe(all['burning']);
  });
});

describe('what is told politely', () => {
  const step = (from: State, fraction: number | null, phase: 'write' | 'verify' = 'write') => {
    const to = reduce(from, { type: 'burn-event', at, event: f.progress({ fraction, phase }) });
    return [to, announce(from, to)] as const;
  };
  it('each phase once, and quarters', () => {
    const said = [];
    let s = reduce(all['plan']!, EVENTS['burn']!);
    const begun = reduce(s, { type: 'burn-event', at, event: { type: 'phase', phase: 'write' } });
    said.push(announce(s, begun));
    s = begun;
    for (let i = 0; i <= 100; i++) {
      const [next, told] = step(s, i / 100);
      if (told !== null) said.push(told);
      s = next;
    }
    expect(said).toEqual([
      { kind: 'phase', phase: 'write' },
      ...[0, 25, 50, 75, 100].map((percent) => ({ kind: 'percent', phase: 'write', percent })),
    ]);
  });
  it('is silent where there is no percentage', () => expect(step(all['closing']!, null)[1]).toBeNull());
});
