/// <reference types="node" />
/** CDs saved over USB: the simulated drive, reached through a `USBDevice`. */
import { beforeAll, describe, expect, it } from 'vitest';
import { CdDisc } from '../src/generated/cds/webburn.js';
import { drive, file, load, noise, OPTIONS, SECTOR } from './helpers';

beforeAll(load);

const SHEET = `CATALOG 4012345678901
TITLE "The disc"
PERFORMER "Us"
FILE "disc.bin" BINARY
  TRACK 01 AUDIO
    TITLE "One"
    PERFORMER "Her"
    ISRC USRC17607839
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Two"
    INDEX 00 00:05:00
    INDEX 01 00:06:00
`;
const SOUND = noise(900 * SECTOR, 7);
/** The first track ends where the second's pre-gap begins. */
const TRACKS = [SOUND.subarray(0, 375 * SECTOR), SOUND.subarray(450 * SECTOR)];

interface Told {
  sectors: number;
  head: number[];
  description: string | null;
}

/** Keeps what comes: the parts of each session, and the sub-channel. */
function sink() {
  const [mains, planes]: [Uint8Array[][], Uint8Array[]] = [[[]], []];
  return {
    put: (sectors: Uint8Array, sub: Uint8Array) => {
      mains.at(-1)?.push(sectors.slice());
      planes.push(sub.slice());
      return Promise.resolve();
    },
    nextSession: () => void mains.push([]),
    /** The file, with the head that belongs over its start. */
    file: ({ head }: Told, which = 0) => {
      const bytes = Buffer.concat(mains[which] ?? []);
      bytes.set(head);
      return bytes;
    },
    planes: () => Buffer.concat(planes),
  };
}
const silent = () => undefined;

async function burnt(medium: string, sheet: string, files: Parameters<typeof file>[1][]) {
  const all = files.map((content, n) => file(n === 0 ? 'disc.bin' : `disc${n}.bin`, content));
  const disc = await CdDisc.open('disc.cue', [file('disc.cue', sheet), ...all]);
  const to = await drive(medium);
  await to.writer.burn(disc, OPTIONS, silent);
  return { ...to, reader: to.writer.reader() };
}

async function track(reader: Awaited<ReturnType<typeof burnt>>['reader'], number: number, form: string) {
  const to = sink();
  return to.file((await reader.readTrack(number, form, to, silent)) as Told);
}

describe('CDs saved over USB', () => {
  it('tracks become WAV and FLAC files, which burn the same disc again', async () => {
    const { reader } = await burnt('cd-r', SHEET, [SOUND]);
    expect(await reader.contents()).toMatchObject({
      title: 'The disc', performer: 'Us', sessions: 1, sectors: 900,
      tracks: [{ number: 1, title: 'One', performer: 'Her', sectors: 450 }, { number: 2, title: 'Two', start: 450 }],
    });
    for (const form of ['wav', 'flac']) {
      const files = [await track(reader, 1, form), await track(reader, 2, form)];
      expect(files[0]?.subarray(0, 4).toString()).toBe(form === 'wav' ? 'RIFF' : 'fLaC');
      const again = await CdDisc.audio(files.map((content, n) => file(`${n}.${form}`, content)));
      const none = { file: 0, gap: 0, title: null, performer: null };
      again.arrange({ tracks: [none, { ...none, file: 1 }], title: null, performer: null, texts: true });
      expect(again.description()).toMatchObject({
        title: 'The disc', performer: 'Us', mcn: '4012345678901',
        tracks: [{ title: 'One', performer: 'Her', isrc: 'USRC17607839' }, { title: 'Two' }],
      });
      const second = await drive('cd-r');
      await second.writer.burn(again, OPTIONS, silent);
      for (const [n, samples] of TRACKS.entries()) {
        expect((await track(second.writer.reader(), n + 1, 'bin')).equals(samples), `${form} ${n}`).toBe(true);
      }
    }
  });

  it('the whole disc becomes an image, with its sub-channel', async () => {
    const { reader } = await burnt('cd-r', SHEET, [SOUND]);
    const to = sink();
    const told = (await reader.readDisc('ccd', ['disc.img'], to, silent)) as Told;
    expect(to.file(told).equals(SOUND)).toBe(true);
    expect(to.planes().length).toBe(900 * 96);
    expect(told.description).toContain('[CloneCD]');
  });

  it('sectors of form 2 are not cut to an ISO', async () => {
    const head = (n: number) => Buffer.from([0, 0, n < 150 ? 0x08 : 0x20, 0]);
    const bodies = Array.from({ length: 400 }, (_, n) => Buffer.concat([head(n), head(n), noise(2328, n)]));
    const { reader } = await burnt('cd-r', 'FILE "disc.bin" BINARY\n  TRACK 01 MODE2/2336\n    INDEX 01 00:00:00\n', [Buffer.concat(bodies)]);
    await expect(track(reader, 1, 'iso')).rejects.toMatchObject({ code: 'not-user-data', lba: 150 });
    const whole = await track(reader, 1, 'bin');
    // Sync, header, sub-header; correction behind it is made where it is burnt.
    for (const [n, bytes] of [[0, 2048], [149, 2048], [150, 2324], [399, 2324]] as const) {
      const from = n * SECTOR + 16;
      expect(whole.subarray(from, from + 8 + bytes).equals(bodies[n]?.subarray(0, 8 + bytes) as Uint8Array), `sector ${n}`).toBe(true);
    }
  });

  it('can be stopped, and the drive goes on', async () => {
    const { reader } = await burnt('cd-r', SHEET, [SOUND]);
    const to = sink();
    const stopping = { ...to, put: (sectors: Uint8Array, planes: Uint8Array) => (reader.cancel(), to.put(sectors, planes)) };
    await expect(reader.readTrack(1, 'flac', stopping, silent)).rejects.toMatchObject({ code: 'cancelled' });
    expect((await track(reader, 2, 'bin')).equals(TRACKS[1] as Uint8Array)).toBe(true);
  });

  it('a drive that is unplugged ends it with a word', async () => {
    const { reader, device } = await burnt('cd-r', SHEET, [SOUND]);
    device.unplug();
    await expect(track(reader, 1, 'wav')).rejects.toMatchObject({ code: 'drive-gone' });
  });
});
