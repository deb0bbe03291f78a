/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CdDisc } from '../src/generated/cds/webburn.js';
import { DiscRecorder2 } from '../src/generated/webburn.js';
import { drive, file, load, noise, OPTIONS, SECTOR, wave } from './helpers';
import type { Description, End } from './told';

beforeAll(load);

const SHEET = `TITLE "The disc"
FILE "disc.bin" BINARY
  TRACK 01 AUDIO
    TITLE "One"
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Two"
    INDEX 00 00:05:00
    INDEX 01 00:06:00
`;

describe('images of CDs', () => {
  it('a sheet is described, planned, burnt, compared; the page’s engine sees the disc', async () => {
    const disc = await CdDisc.open('disc.cue', [file('disc.cue', SHEET), file('Disc.bin', noise(900 * SECTOR, 3))]);
    const told = disc.description() as Description;
    expect([told.title, told.leadOut, told.tracks.map((track) => track.title)]).toEqual(['The disc', 900, ['One', 'Two']]);
    expect(told.tracks[1]).toMatchObject({ start: 450, pregap: 75, sectors: 450 });

    const { pipe, clock, writer } = await drive('cd-r');
    const plan = (await writer.plan(disc, OPTIONS)) as { steps: { code: string }[]; closes: boolean };
    expect(plan.steps.map((step) => step.code)).toContain('cue-sheet');
    const seen = new Set<string>();
    const end = (await writer.burn(disc, OPTIONS, (event: { type: string; phase?: string }) => seen.add(event.phase ?? event.type))) as End;
    expect(end.tracks.map(({ number, compared }) => [number, compared])).toEqual([[1, 'equal'], [2, 'equal']]);
    expect([end.outcome, end.closed, end.medium.status]).toEqual(['verified', true, 'complete']);
    expect([...seen]).toEqual(expect.arrayContaining(['prepare', 'write', 'verify']));

    // The page's own engine, over the same pipe.
    const recorder = await DiscRecorder2.fromUsb('sim', pipe, clock);
    const medium = (await recorder.medium()) as { status: string; tracks: { kind: string }[] };
    expect([medium.status, medium.tracks.map((track) => track.kind)]).toEqual(['complete', ['audio', 'audio']]);
    await expect(writer.burn(disc, OPTIONS, () => undefined)).rejects.toMatchObject({ code: 'disc-closed', refusedBeforeWriting: true });
  });

  it('a test write leaves the disc blank', async () => {
    const disc = await CdDisc.open('disc.cue', [file('disc.cue', SHEET), file('disc.bin', noise(900 * SECTOR, 3))]);
    const { writer } = await drive('cd-r');
    const end = (await writer.burn(disc, { ...OPTIONS, testWrite: true }, () => undefined)) as End;
    expect([end.outcome, end.medium.status]).toEqual(['written', 'blank']);
  });

  it('a CHD that chdman packed is burnt and compared', async () => {
    // One track of 320 sectors, MODE1/2048, by `chdman createcd` of Debian's mame-tools.
    const packed = readFileSync(join(import.meta.dirname, 'vectors/packed-by-chdman.chd'));
    const disc = await CdDisc.open('disc.chd', [file('disc.chd', packed)]);
    const told = disc.description() as Description;
    const { writer } = await drive('cd-r');
    const end = (await writer.burn(disc, OPTIONS, () => undefined)) as End;
    expect(told.tracks.length).toBeGreaterThan(0);
    expect(end.tracks.map(({ number, compared }) => [number, compared])).toEqual(told.tracks.map(({ number }) => [number, 'equal']));
    expect(end.outcome).toBe('verified');
  });

  it('what is wrong is said with file and place', async () => {
    await expect(CdDisc.open('disc.cue', [file('disc.cue', SHEET)])).rejects.toMatchObject({
      code: 'image-file-missing',
      message: expect.stringContaining('disc.cue, line 2'),
      refusedBeforeWriting: true,
    });
    const cut = { ...file('disc.bin', noise(900 * SECTOR, 3)), read: () => { throw new Error('it was moved'); } };
    const disc = await CdDisc.open('disc.cue', [file('disc.cue', SHEET), cut]);
    const { writer } = await drive('cd-rw');
    await expect(writer.burn(disc, OPTIONS, () => undefined)).rejects.toMatchObject({ code: 'image-unreadable' });
  });
});

describe('audio files', () => {
  it('become tracks; what is converted is told', async () => {
    const files = [file('one.wav', wave(noise(400 * SECTOR, 5))), file('two.wav', wave(noise(48_000 * 2 * 6, 6), 48_000, 1))];
    const disc = await CdDisc.audio(files);
    const track = (which: number, gap: number, title: string | null = null) => ({ file: which, gap, title, performer: null });
    const wish = { tracks: [track(1, 150, 'Second'), track(0, 75, 'Жизнь')], title: 'Album', performer: null, texts: true };
    const known = disc.arranged(wish) as { files: { sectors: number; notes: string[]; fault: string | null }[]; leftOut: unknown[] };
    expect(known.files.map(({ sectors, fault }) => [sectors, fault])).toEqual([[450, null], [400, null]]);
    expect(known.files[0]?.notes.join()).toContain('48000 Hz');
    expect(known.leftOut).toMatchObject([{ track: 2, performer: false, text: 'Жизнь', character: 'Ж' }]);
    disc.arrange(wish);
    const told = disc.description() as Description;
    expect([told.title, told.leadOut]).toEqual(['Album', 925]);
    expect(told.tracks.map(({ sectors, pregap, title }) => [sectors, pregap, title])).toEqual([[450, 150, 'Second'], [400, 75, null]]);
    const { writer } = await drive('cd-r');
    const end = (await writer.burn(disc, OPTIONS, () => undefined)) as End;
    expect(end.tracks.map(({ compared }) => compared)).toEqual(['equal', 'equal']);
  });

  it('that are none are told of, and refused by name; the others are known all the same', async () => {
    const disc = await CdDisc.audio([file('one.wav', wave(noise(400 * SECTOR, 5))), file('none.wav', 'nothing'), file('short.wav', wave(noise(200 * SECTOR, 5)))]);
    const wish = (...which: number[]) => ({ tracks: which.map((of) => ({ file: of, gap: 0, title: null, performer: null })), title: null, performer: null, texts: true });
    const known = disc.arranged(wish(0, 1, 2)) as { files: { sectors: number | null; fault: string | null }[] };
    expect(known.files.map(({ sectors }) => sectors)).toEqual([400, null, 200]);
    expect(known.files[1]?.fault).toContain('no audio file');
    expect(() => disc.arrange(wish(0, 1))).toThrow(expect.objectContaining({ code: 'image-audio-not-usable', message: expect.stringContaining('none.wav') }));
    expect(() => disc.arrange(wish(0, 2))).toThrow(expect.objectContaining({ code: 'image-track-too-short', message: expect.stringContaining('short.wav, track 02') }));
    disc.arrange(wish(0));
  });
});
