/// <reference types="node" />
import { beforeAll, describe, expect, it } from 'vitest';
import * as discs from '../../tests/e2e/src/discs';
import { CdDisc } from '../src/generated/cds/webburn.js';
import { DiscRecorder2 } from '../src/generated/webburn.js';
import { drive, file, load, open, OPTIONS } from './helpers';
import type { Description, End } from './told';

beforeAll(load);

const RAW = { ...OPTIONS, raw: true };
const silent = () => undefined;
interface Plan {
  steps: { code: string; session: number | null; args: Record<string, unknown> }[];
  sectors: number;
  closes: boolean;
  cd: { sessions: number; end: number; raw: boolean; graphics: string };
}
interface Event {
  type: string;
  phase?: string;
  code?: string;
  args?: Record<string, unknown>;
  sectorsDone?: number;
  sectorsTotal?: number;
  fraction?: number | null;
}
const compared = ({ tracks }: End) => tracks.map(({ session, number, compared: how }) => [session, number, how]);

describe('images of several sessions', () => {
  it('are planned session by session, burnt, and compared at the end', async () => {
    const disc = await open(discs.extra());
    const told = disc.description() as Description;
    expect([told.sessions, told.tracks.map(({ session, number }) => [session, number])]).toEqual([2, [[1, 1], [1, 2], [2, 3]]]);
    const { pipe, clock, writer } = await drive('cd-r');
    const plan = (await writer.plan(disc, OPTIONS)) as Plan;
    expect(plan.cd).toEqual({ sessions: 2, end: 12_500, raw: false, graphics: 'none' });
    expect(plan.steps.filter(({ code }) => code === 'cue-sheet').map(({ session }) => session)).toEqual([1, 2]);
    const afterwards = plan.steps.filter(({ session }) => session === null);
    expect(afterwards.map(({ code }) => code)).toEqual(['reload', 'verify']);
    // 700 sectors of sound, 400 of data, and the two seconds before these.
    expect([plan.sectors, afterwards[1]?.args['sectors'], plan.closes]).toEqual([1250, 1250, true]);

    const events: Event[] = [];
    const end = (await writer.burn(disc, OPTIONS, (event: Event) => events.push(event))) as End;
    expect(compared(end)).toEqual([[1, 1, 'equal'], [1, 2, 'equal'], [2, 3, 'equal']]);
    expect([end.outcome, end.closed, end.sectors, end.sessions]).toEqual(['verified', true, 1250, ['verified', 'verified']]);
    expect(events.filter(({ code }) => code === 'session-begins').map(({ args }) => args)).toEqual([{ number: 1, of: 2 }, { number: 2, of: 2 }]);
    // One bar for all of it: it never goes back.
    for (const phase of ['write', 'verify']) {
      const gauge = events.filter((event) => event.type === 'progress' && event.phase === phase);
      const done = gauge.map(({ sectorsDone }) => sectorsDone ?? 0);
      expect(done).toEqual(done.toSorted((a, b) => a - b));
      const last = gauge.at(-1);
      expect([last?.sectorsDone, last?.fraction]).toEqual([phase === 'write' ? 1250 : 1100, 1]);
    }
    const recorder = await DiscRecorder2.fromUsb('sim', pipe, clock);
    const medium = (await recorder.medium()) as { status: string; sessions: { open: boolean }[]; tracks: { kind: string }[] };
    expect([medium.status, medium.sessions.length, medium.tracks.map(({ kind }) => kind)]).toEqual(['complete', 2, ['audio', 'audio', 'data']]);
  });

  it('of a clone go the same way', async () => {
    const { writer } = await drive('cd-rw');
    const end = (await writer.burn(await open(discs.cloneOfTwo()), OPTIONS, silent)) as End;
    expect([end.outcome, compared(end)]).toEqual(['verified', [[1, 1, 'equal'], [2, 2, 'equal']]]);
  });

  it('that are stopped in the second, or right before it, keep the first', async () => {
    for (const at of [(event: Event) => event.code === 'session-begins' && event.args?.['number'] === 2, ({ type, phase }: Event) => type === 'phase' && phase === 'close']) {
      const { writer } = await drive('cd-rw');
      const end = (await writer.burn(await open(discs.extra()), OPTIONS, (event: Event) => at(event) && writer.cancelWrite())) as End;
      expect([end.outcome, end.tracks]).toEqual(['stopped', []]);
      expect(end.sessions[0]).toBe('written');
      expect(end.sessions.at(-1)).toBe('stopped');
    }
  });

  it('that fail in the second say so, and that something is written', async () => {
    const { 'data.iso': data, ...rest } = discs.extra();
    const gone = { ...file('data.iso', data ?? ''), read: () => { throw new Error('it was moved'); } };
    const disc = await CdDisc.open('extra.cue', [...Object.entries(rest).map(([name, content]) => file(name, content)), gone]);
    const { writer } = await drive('cd-r');
    const failure = await writer.burn(disc, OPTIONS, silent).then(() => expect.unreachable(), (thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'image-unreadable', args: { session: 2 }, refusedBeforeWriting: false });
    // The image can be asked again.
    expect((disc.description() as Description).sessions).toBe(2);
  });

  it('are refused raw, with nothing written', async () => {
    const { writer } = await drive('cd-r');
    const disc = await open(discs.extra());
    const refusal = { code: 'image-not-supported', args: { reason: 'sessions-not-raw', sessions: 2 }, refusedBeforeWriting: true };
    await expect(writer.plan(disc, RAW)).rejects.toMatchObject(refusal);
    await expect(writer.burn(disc, RAW, silent)).rejects.toMatchObject(refusal);
  });

  it('are tried with the laser off as far as they can be', async () => {
    const { writer } = await drive('cd-r');
    const end = (await writer.burn(await open(discs.extra()), { ...OPTIONS, testWrite: true }, silent)) as End;
    expect([end.outcome, end.medium.status, end.sessions]).toEqual(['written', 'blank', ['written']]);
  });
});

describe('images with their sub-channel', () => {
  it('a clone is burnt raw, main channel and sub-channel compared', async () => {
    const disc = await open(discs.cloneWithSub());
    expect((disc.description() as Description).graphics).toBe(true);
    const { writer } = await drive('cd-r');
    const plan = (await writer.plan(disc, RAW)) as Plan;
    expect([plan.cd, plan.sectors]).toEqual([{ sessions: 1, end: 800, raw: true, graphics: 'raw' }, 800]);
    expect(plan.steps.map(({ code }) => code)).toEqual(expect.arrayContaining(['mode-page', 'write', 'flush', 'reload', 'verify']));
    const events: Event[] = [];
    const end = (await writer.burn(disc, RAW, (event: Event) => events.push(event))) as End;
    expect([end.outcome, end.sectors, end.tracks, end.sessions]).toEqual(['verified', 800, [], ['verified']]);
    expect(end.raw).toMatchObject({ sectors: 800, main: { compared: 'equal' }, q: { compared: 'equal' }, rToW: { compared: 'equal' }, noise: 0 });
    for (const phase of ['write', 'verify']) {
      const last = events.findLast((event) => event.type === 'progress' && event.phase === phase);
      expect([last?.sectorsDone, last?.sectorsTotal], phase).toEqual([800, 800]);
    }
    // What is there is not written over.
    await expect(writer.burn(disc, RAW, silent)).rejects.toMatchObject({ code: 'disc-not-blank', refusedBeforeWriting: true });
  });

  it('graphics go beside the sound where the drive can, and are compared', async () => {
    const disc = await open(discs.karaoke());
    const { writer } = await drive('cd-r');
    expect(((await writer.plan(disc, OPTIONS)) as Plan).cd).toMatchObject({ raw: false, graphics: 'written' });
    const end = (await writer.burn(disc, OPTIONS, silent)) as End;
    expect(compared(end)).toEqual([[1, 1, 'equal'], [1, 2, 'equal']]);
    expect(end.tracks.map(({ rToW }) => rToW?.compared)).toEqual(['equal', 'equal']);
  });

  it('and raw', async () => {
    const { writer } = await drive('cd-rw');
    const end = (await writer.burn(await open(discs.karaoke()), RAW, silent)) as End;
    expect([end.outcome, end.raw?.rToW.compared]).toEqual(['verified', 'equal']);
  });

  it('MDS and MDF are burnt and compared, by cue sheet and raw', async () => {
    const [sheet, raw] = await Promise.all([drive('cd-r'), drive('cd-r')]);
    const end = (await sheet.writer.burn(await open(discs.alcohol()), OPTIONS, silent)) as End;
    expect([end.outcome, compared(end)]).toEqual(['verified', [[1, 1, 'equal'], [1, 2, 'equal']]]);
    const again = (await raw.writer.burn(await open(discs.alcohol()), RAW, silent)) as End;
    expect([again.outcome, again.raw?.main.compared, again.raw?.q.compared]).toEqual(['verified', 'equal', 'equal']);
  });

  it('a raw burn stops while it writes and while it compares, and says which', async () => {
    for (const [phase, outcome, main] of [['write', 'stopped', undefined], ['verify', 'written', 'stopped']] as const) {
      const { writer } = await drive('cd-rw');
      const end = (await writer.burn(await open(discs.cloneWithSub()), RAW, (event: Event) => event.phase === phase && writer.cancelWrite())) as End;
      expect([end.outcome, end.raw?.main.compared], phase).toEqual([outcome, main]);
    }
  });

  it('what cannot be written raw is refused in time', async () => {
    const { writer, sim } = await drive('cd-r');
    const disc = await open(discs.cloneWithSub());
    await expect(writer.plan(disc, { ...RAW, testWrite: true })).rejects.toMatchObject({ code: 'argument-invalid', refusedBeforeWriting: true });
    const long = { name: 'long.bin', size: 360_000 * 2352, read: (_: number, length: number) => new Uint8Array(length) };
    const sheet = file('long.cue', 'FILE "long.bin" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n');
    await expect(writer.plan(await CdDisc.open('long.cue', [sheet, long]), RAW)).rejects.toMatchObject({ code: 'image-too-large', args: { sectors: 360_000 } });
    for (const [medium, code] of [['dvd+r', 'disc-unsupported'], ['cd-rw:recorded', 'disc-erase-required'], ['cd-r:appendable', 'disc-not-blank'], ['none', 'no-disc']] as const) {
      sim.load(medium);
      for (const options of [OPTIONS, RAW]) {
        await expect(writer.plan(disc, options), medium).rejects.toMatchObject({ code, refusedBeforeWriting: true });
      }
    }
  });
});
