import { describe, expect, it } from 'vitest';
import type { CdJob, CdPart } from '../api/cd-reading';
import type { CdReader } from '../generated/cds/webburn.js';
import { CdReading, type CdSink } from './cd-reading';

const MIB = 1024 * 1024;
const told = (over: object) => ({ sectors: 2, filled: 0, uncorrected: 0, firstUncorrected: null, subChannel: true, head: [], description: null, ...over });

/** A module that gives what the test wants, from memory that it uses again at once. */
function module(put: (sink: CdSink) => Promise<object>) {
  const reader = { stopped: false, readTrack: (_: number, __: string, sink: CdSink) => put(sink), readDisc: (_: string, __: string[], sink: CdSink) => put(sink), cancel: () => { reader.stopped = true; } };
  return reader;
}

function reading(reader: ReturnType<typeof module>) {
  const parts: CdPart[] = [];
  const made: CdReading = new CdReading(reader as unknown as CdReader, (part) => parts.push(part));
  return { made, parts };
}
const TRACK: CdJob = { kind: 'track', number: 1, form: 'wav', file: 0, bytes: 0 };

describe('a CD on its way to the page', () => {
  it('a head goes over the start, once the track is whole', async () => {
    const memory = new Uint8Array(4);
    const { made, parts } = reading(module(async (sink) => {
      memory.fill(1);
      const first = sink.put(memory, new Uint8Array());
      memory.fill(2);
      await first;
      await sink.put(memory, new Uint8Array());
      return told({ head: [9, 9] });
    }));
    await made.read([TRACK], () => undefined);
    expect(parts).toEqual([
      { file: 0, bytes: Uint8Array.of(1, 1, 1, 1, 2, 2, 2, 2), at: null },
      { file: 0, bytes: Uint8Array.of(9, 9), at: 0 },
      { file: 0, bytes: null },
    ]);
  });
  it('sub-channel and description have files of their own', async () => {
    const { made, parts } = reading(module(async (sink) => {
      await sink.put(Uint8Array.of(1), Uint8Array.of(7));
      return told({ description: 'text' });
    }));
    const done = made.read([{ kind: 'disc', image: 'ccd', mains: [{ file: 0, name: 'a.img' }], sub: 2, description: 1, bytes: 0 }], () => undefined);
    const drain = setInterval(() => made.more(), 0);
    await done;
    clearInterval(drain);
    expect(parts.map(({ file, bytes }) => [file, bytes === null ? null : [...bytes]])).toEqual([
      [0, [1]], [2, [7]], [0, null], [2, null], [1, [...new TextEncoder().encode('text')]], [1, null],
    ]);
  });
  it('each session has a file of its own where the image has them', async () => {
    const { made, parts } = reading(module(async (sink) => {
      await sink.put(Uint8Array.of(1), new Uint8Array());
      sink.nextSession();
      await sink.put(Uint8Array.of(2), new Uint8Array());
      return told({ description: '' });
    }));
    const mains = [{ file: 0, name: 'a.bin' }, { file: 1, name: 'b.bin' }];
    const done = made.read([{ kind: 'disc', image: 'cue', mains, sub: null, description: 2, bytes: 0 }], () => undefined);
    const drain = setInterval(() => made.more(), 0);
    await done;
    clearInterval(drain);
    expect(parts.map(({ file, bytes }) => [file, bytes === null ? null : [...bytes]])).toEqual([[0, [1]], [1, [2]], [0, null], [1, null], [2, []], [2, null]]);
  });
  it('no more is on the way than was asked for, and a stop ends the waiting', async () => {
    const reader = module(async (sink) => {
      for (let n = 0; n < 10; n += 1) {
        if (reader.stopped) throw new Error('cancelled');
        await sink.put(new Uint8Array(4 * MIB), new Uint8Array());
      }
      return told({});
    });
    const { made, parts } = reading(reader);
    const ended = made.read([TRACK], () => undefined).catch((thrown: Error) => thrown.message);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(parts.length).toBe(3);
    made.more();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(parts.length).toBe(4);
    made.stop();
    expect(await ended).toBe('cancelled');
    expect(parts.length).toBe(4);
  });
  it('tracks are counted together; one drive that cannot tell of errors is enough', async () => {
    const answers = [told({ uncorrected: 2, firstUncorrected: 17 }), told({ uncorrected: 3, firstUncorrected: 40, filled: 1 })];
    const { made } = reading(module(async () => answers.shift() ?? told({ uncorrected: null })));
    const drain = setInterval(() => made.more(), 0);
    expect(await made.read([TRACK, TRACK], () => undefined)).toMatchObject({ sectors: 4, uncorrected: 5, firstUncorrected: 17, filled: 1 });
    answers.push(told({ uncorrected: 2 }));
    expect(await made.read([TRACK, TRACK], () => undefined)).toMatchObject({ uncorrected: null });
    clearInterval(drain);
  });
});
