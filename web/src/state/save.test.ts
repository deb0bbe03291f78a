import { describe, expect, it } from 'vitest';
import type { CdContents, CdPart, CdRead } from '../api/cd-reading';
import type { Engine } from '../api/engine';
import type { FileOut, Folder } from './file-out';
import * as f from '../testing/fixtures';
import { type Keep, saveCd } from './save';
import type { Saving } from './state';

const CONTENTS: CdContents = {
  sessions: 1,
  title: 'Disc one',
  performer: null,
  sectors: 600,
  tracks: [1, 2].map((number) => ({ number, session: 1, audio: true, start: number * 300, sectors: 300, title: null, performer: null })),
};
const READ: CdRead = { sectors: 600, filled: 0, uncorrected: 1, firstUncorrected: 17, subChannel: true };
const bytes = (...all: number[]) => Uint8Array.from(all);
const PARTS: CdPart[] = [
  { file: 0, bytes: bytes(0, 0, 3), at: null },
  { file: 0, bytes: bytes(4), at: null },
  { file: 0, bytes: bytes(1, 2), at: 0 },
  { file: 0, bytes: null },
  { file: 1, bytes: bytes(9), at: null },
  { file: 1, bytes: null },
];

function engine(parts: CdPart[], end: CdRead | Error | ReturnType<typeof f.failure>): Engine {
  return {
    readCd: async (_: unknown, take: (part: CdPart) => Promise<void>) => {
      for (const part of parts) await take(part);
      if (!('sectors' in end)) throw end;
      return end;
    },
  } as unknown as Engine;
}

async function run(made: Engine, keep: Partial<Keep> = {}) {
  const told: Saving[] = [];
  const downloads: [string, number[]][] = [];
  const waiting: Promise<void>[] = [];
  const whole: Keep = {
    blob: (blob, name) => {
      const place = downloads.push([name, []]) - 1;
      waiting.push(blob.arrayBuffer().then((buffer) => { downloads[place] = [name, [...new Uint8Array(buffer)]]; }));
    },
    file: () => Promise.resolve(null),
    ...keep,
  };
  const saver = { now: () => 0, saving: () => told.at(-1) ?? ({ kind: 'no' } as const), tell: (saving: Saving) => void told.push(saving) };
  await saveCd(made, CONTENTS, { kind: 'tracks', sound: 'wav', tracks: [1, 2] }, whole, saver);
  await Promise.all(waiting);
  return { end: told.at(-1), downloads };
}

/** A folder in memory that tells what was done to it. */
function shelf() {
  const log: string[] = [];
  const create = async (name: string): Promise<FileOut> => {
    log.push(`create ${name}`);
    return {
      write: async (part, at) => void log.push(`${name} ${at ?? '+'} ${part.join()}`),
      close: async () => void log.push(`close ${name}`),
      abort: async () => void log.push(`abort ${name}`),
    };
  };
  return { log, folder: { create } satisfies Folder };
}

describe('saving a CD', () => {
  it('each track becomes a download, its head set right at the end', async () => {
    const { end, downloads } = await run(engine(PARTS, READ));
    expect(downloads).toEqual([['Track 01.wav', [1, 2, 3, 4]], ['Track 02.wav', [9]]]);
    expect(end).toEqual({ kind: 'saved', name: 'Disc one', bytes: 5, files: 2, cd: READ });
  });
  it('or a file in a folder of the disc’s name', async () => {
    const { log, folder } = shelf();
    const asked: string[] = [];
    const { end } = await run(engine(PARTS, READ), { folder: (name) => { asked.push(name); return Promise.resolve(folder); } });
    expect(asked).toEqual(['Disc one']);
    expect(log).toEqual([
      'create Track 01.wav', 'Track 01.wav + 0,0,3', 'Track 01.wav + 4', 'Track 01.wav 0 1,2', 'close Track 01.wav',
      'create Track 02.wav', 'Track 02.wav + 9', 'close Track 02.wav',
    ]);
    expect(end).toMatchObject({ kind: 'saved' });
  });
  it('without a folder nothing is read', async () => {
    const never = { readCd: () => expect.unreachable() } as unknown as Engine;
    expect((await run(never, { folder: () => Promise.resolve(null) })).end).toEqual({ kind: 'no' });
  });
  it('a sector that cannot be read ends it: whole files stay, the one under way goes', async () => {
    const { log, folder } = shelf();
    const failure = f.failure('read-failed', { lba: 471 });
    const { end } = await run(engine(PARTS.slice(0, 5), failure), { folder: () => Promise.resolve(folder) });
    expect(log.slice(-2)).toEqual(['Track 02.wav + 9', 'abort Track 02.wav']);
    expect(end).toEqual({ kind: 'failed', failure, files: 1 });
  });
  it('a stop that came before anything was read is asked for again', async () => {
    const told: Saving[] = [{ kind: 'running', done: 0, total: 1, stopping: true }];
    let stops = 0;
    const made = { ...engine(PARTS.slice(0, 2), f.failure('cancelled')), stop: () => { stops += 1; } } as unknown as Engine;
    const saver = { now: () => 0, saving: () => told[0] ?? ({ kind: 'no' } as const), tell: (saving: Saving) => void told.push(saving) };
    await saveCd(made, CONTENTS, { kind: 'tracks', sound: 'wav', tracks: [1, 2] }, { blob: () => expect.unreachable(), file: () => Promise.resolve(null) }, saver);
    expect([stops, told.at(-1)]).toEqual([2, { kind: 'stopped', files: 0 }]);
  });
  it('a stop is no failure', async () => {
    expect((await run(engine(PARTS.slice(0, 5), f.failure('cancelled')))).end).toEqual({ kind: 'stopped', files: 1 });
  });
  it('what the browser threw is said as a failure to save', async () => {
    expect((await run(engine([], new Error('disk full')))).end).toMatchObject({ kind: 'failed', failure: { code: 'save-failed', message: 'Error: disk full' } });
  });
});
