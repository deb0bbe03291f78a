import { describe, expect, it } from 'vitest';
import type { Change } from '../api/types';
import * as f from '../testing/fixtures';
import { run } from '../testing/states';
import { announce } from './announce';
import { reduce } from './reduce';
import { canStop } from './rework';
import type { State } from './state';

const QUICK: Change = { kind: 'erase', full: false };
const FULL: Change = { kind: 'erase', full: true };
const opened = run([{ type: 'opened', at: 0, open: f.open(f.DVD_PLUS_RW, f.SIM, 'dvd+rw') }]);
const asked = (change = QUICK, from = opened) =>
  run([{ type: 'wish', change }, { type: 'wish-planning', ticket: 1 }, { type: 'wish-planned', ticket: 1, plan: f.ERASE_PLAN }], from);
const running = run([{ type: 'rework', at: 1000 }], asked());
const wish = (state: State) => (state.stage.at === 'ready' ? state.stage.wish : null);

describe('an erase or format', () => {
  it('is asked about, planned, and left', () => {
    expect(wish(asked())).toMatchObject({ change: QUICK, planning: { kind: 'ready', plan: f.ERASE_PLAN } });
    expect(wish(run([{ type: 'wish', change: null }], asked()))).toBeNull();
  });
  it('a plan for what was chosen before does not count', () => {
    const other = run([{ type: 'wish', change: FULL }, { type: 'wish-planning', ticket: 2 }, { type: 'wish-planned', ticket: 1, plan: f.ERASE_PLAN }], asked());
    expect(wish(other)).toMatchObject({ change: FULL, planning: { kind: 'making', ticket: 2 } });
    expect(run([{ type: 'rework', at: 0 }], other)).toBe(other);
  });
  it('a refusal is kept to be shown', () => {
    const refused = run([{ type: 'wish', change: FULL }, { type: 'wish-planning', ticket: 2 }, { type: 'wish-refused', ticket: 2, failure: f.failure('disc-write-protected') }], opened);
    expect(wish(refused)).toMatchObject({ planning: { kind: 'refused', failure: { code: 'disc-write-protected' } } });
  });
  it('another disc ends the question', () => {
    expect(wish(run([{ type: 'disc', at: 5, medium: f.CD_R }], asked()))).toBeNull();
  });
  it('runs, takes gauges and notes, and nothing else may be asked of the drive', () => {
    expect(running.stage).toMatchObject({ at: 'reworking', rework: { change: QUICK, before: f.DVD_PLUS_RW, startedAt: 1000 }, stop: 'no' });
    const on = run(
      [
        { type: 'rework-event', at: 1100, event: { type: 'phase', phase: 'prepare' } },
        { type: 'rework-event', at: 1200, event: f.progress({ phase: 'prepare', fraction: 0.5 }) },
        { type: 'rework-event', at: 1300, event: { type: 'note', code: 'closing', args: { function: 0 } } },
        { type: 'rework-event', at: 1400, event: { type: 'note', code: 'closing', args: { function: 2 } } },
      ],
      running,
    );
    expect(on.stage).toMatchObject({ rework: { phase: 'prepare', progress: { fraction: 0.5 }, notes: [{ code: 'closing' }] } });
    expect(on.stage.at === 'reworking' && on.stage.rework.notes).toHaveLength(1);
    expect(reduce(on, { type: 'opening', drive: f.BRIDGE })).toBe(on);
    expect(reduce(on, { type: 'image-removed' })).toBe(on);
    expect(announce(running, on)).toEqual({ kind: 'phase', phase: 'prepare' });
  });
  it('ends, is written down, and leads back to the disc', () => {
    const done = run([{ type: 'reworked', at: 9000, result: { outcome: 'done', medium: f.BD_R } }], running);
    expect(done.stage).toMatchObject({ at: 'reworked', end: 'done', open: { medium: f.BD_R }, rework: { endedAt: 9000 } });
    expect(done.log.slice(-2)).toMatchObject([{ kind: 'rework', change: QUICK }, { kind: 'reworked', outcome: 'done' }]);
    expect(reduce(done, { type: 'back' }).stage).toMatchObject({ at: 'ready', wish: null, open: { medium: f.BD_R } });
  });
  it('fails with the disc as it is then, or without a drive', () => {
    const failed = run([{ type: 'rework-failed', at: 9000, failure: f.failure('erase-failed', { medium: f.BD_R }) }], running);
    expect(failed.stage).toMatchObject({ at: 'reworked', end: { code: 'erase-failed' }, open: { medium: f.BD_R } });
    const lost = run([{ type: 'rework-failed', at: 9000, failure: f.failure('bridge-gone') }], running);
    expect(lost.stage).toMatchObject({ at: 'reworked', open: null });
    expect(reduce(lost, { type: 'back' }).stage).toEqual({ at: 'welcome' });
  });
  it('is stopped like a burn: asked, withdrawn, asked, done', () => {
    const stop = run([{ type: 'stop-asked' }, { type: 'stop-withdrawn' }, { type: 'stop-asked' }], running);
    expect(stop.stage).toMatchObject({ stop: 'asked' });
    expect(reduce(stop, { type: 'stop', at: 3 }).stage).toMatchObject({ stop: 'stopping' });
  });
  it('what the drive does alone cannot be stopped; zeros and waiting can, until the disc is finished', () => {
    const steps = (...codes: string[]) => ({ ...f.ERASE_PLAN, steps: codes.map((code) => ({ code, args: {}, seconds: null })) });
    expect(canStop(steps('blank'), 'prepare')).toBe(false);
    expect(canStop(steps('format'), 'prepare')).toBe(false);
    expect(canStop(steps('format-background', 'await-format'), 'prepare')).toBe(true);
    expect(canStop(steps('write', 'flush'), 'write')).toBe(true);
    expect(canStop(steps('write', 'flush'), 'close')).toBe(false);
  });
});
