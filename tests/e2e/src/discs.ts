/** Images of whole CDs, put together byte by byte: two sessions, graphics beside the sound, clones with their sub-channel. */
import { bytes } from './image';

/** Files by name; the first describes the disc. */
export type Files = Record<string, Uint8Array | string>;

const SECTOR = 2352;
const u16 = (n: number) => [n & 0xff, (n >> 8) & 0xff];
const u32 = (n: number) => [...u16(n & 0xffff), ...u16((n >>> 16) & 0xffff)];
const bcd = (n: number) => Math.floor(n / 10) * 16 + (n % 10);
/** Minutes, seconds, frames of an address. */
const msf = (lba: number): [number, number, number] => [Math.floor((lba + 150) / 4500), Math.floor((lba + 150) / 75) % 60, (lba + 150) % 75];

/** Multiplication by x in the field of the parity bytes (ECMA-130, annex A), and division by 1 + x. */
const DOUBLE = Uint8Array.from({ length: 256 }, (_, n) => (n << 1) ^ (n & 0x80 ? 0x1d : 0));
const HALVE = new Uint8Array(256);
for (let n = 0; n < 256; n++) HALVE[n ^ (DOUBLE[n] ?? 0)] = n;

/** Parity of `count` words of `length` bytes each, `step` apart, that begin `next` apart in pairs; laid at `to`. */
function parity(sector: Uint8Array, to: number, [count, length, next, step]: [number, number, number, number]): void {
  const whole = count * length;
  for (let word = 0; word < count; word++) {
    let at = (word >> 1) * next + (word & 1);
    let [sum, weighted] = [0, 0];
    for (let n = 0; n < length; n++) {
      const byte = sector[12 + at] ?? 0;
      sum ^= byte;
      weighted = DOUBLE[weighted ^ byte] ?? 0;
      at = (at + step) % whole;
    }
    const first = HALVE[(DOUBLE[weighted] ?? 0) ^ sum] ?? 0;
    sector[to + word] = first;
    sector[to + word + count] = first ^ sum;
  }
}

/** A sector of mode 1 as it lies in an image: sync, header, 2048 bytes, EDC, parity (ECMA-130, 14). */
export function mode1(lba: number, data: Uint8Array): Buffer {
  const sector = Buffer.alloc(SECTOR);
  sector.fill(0xff, 1, 11);
  sector.set([...msf(lba).map(bcd), 1], 12);
  sector.set(data, 16);
  let edc = 0;
  for (const byte of sector.subarray(0, 2064)) {
    edc ^= byte;
    for (let bit = 0; bit < 8; bit++) edc = (edc >>> 1) ^ (edc & 1 ? 0xd8018001 : 0);
  }
  sector.writeUInt32LE(edc >>> 0, 2064);
  parity(sector, 2076, [86, 24, 2, 86]);
  parity(sector, 2248, [52, 43, 86, 88]);
  return sector;
}

/** `count` sectors of mode 1 from `lba` on. */
export function data(lba: number, count: number, seed: number): Buffer {
  const content = bytes(count * 2048, seed);
  return Buffer.concat(Array.from({ length: count }, (_, n) => mode1(lba + n, content.subarray(n * 2048, (n + 1) * 2048))));
}

/** A sheet of two sessions: two audio tracks, then one of data. */
export function extra(): Files {
  const sheet = [
    'TITLE "Extra"', 'REM SESSION 01', 'FILE "sound.bin" BINARY', '  TRACK 01 AUDIO', '    TITLE "One"', '    INDEX 01 00:00:00', '  TRACK 02 AUDIO', '    INDEX 01 00:04:50',
    'REM SESSION 02', 'FILE "data.iso" BINARY', '  TRACK 03 MODE1/2048', '    INDEX 01 00:00:00', '',
  ];
  return { 'extra.cue': sheet.join('\n'), 'sound.bin': bytes(700 * SECTOR, 21), 'data.iso': bytes(400 * 2048, 22) };
}

/** R to W of so many sectors: 96 symbols each. */
export const graphics = (sectors: number, seed: number) => Buffer.from(bytes(sectors * 96, seed).map((symbol) => symbol & 0x3f));

/** A sheet with graphics beside the sound (CD+G): 2352 bytes and 96 symbols a sector. */
export function karaoke(): Files {
  const [sound, drawn] = [bytes(700 * SECTOR, 23), graphics(700, 24)];
  const sectors = Array.from({ length: 700 }, (_, n) => [sound.subarray(n * SECTOR, (n + 1) * SECTOR), drawn.subarray(n * 96, (n + 1) * 96)]);
  const sheet = ['FILE "song.bin" BINARY', '  TRACK 01 CDG', '    INDEX 01 00:00:00', '  TRACK 02 CDG', '    INDEX 01 00:04:50', ''];
  return { 'song.cue': sheet.join('\n'), 'song.bin': Buffer.concat(sectors.flat()) };
}

/** An entry of a clone's table of contents; `at` as it says it. */
const entry = (n: number, session: number, point: number, control: number, at: [number, number, number]) => [
  `[Entry ${n}]`, `Session=${session}`, `Point=0x${point.toString(16).padStart(2, '0')}`, 'ADR=0x01', `Control=0x0${control}`, 'TrackNo=0',
  'AMin=0', 'ASec=0', 'AFrame=0', 'ALBA=-150', 'Zero=0', `PMin=${at[0]}`, `PSec=${at[1]}`, `PFrame=${at[2]}`, `PLBA=${(at[0] * 60 + at[1]) * 75 + at[2] - 150}`,
];

/** Symbols of R to W as a clone has the sub-channel: eight channels of twelve bytes, P first. */
function planes(symbols: Uint8Array): Buffer {
  const out = Buffer.alloc(96);
  for (let n = 0; n < 96; n++) {
    for (let channel = 0; channel < 8; channel++) {
      if ((symbols[n] ?? 0) & (0x80 >> channel)) out[channel * 12 + (n >> 3)]! |= 0x80 >> (n & 7);
    }
  }
  return out;
}

/** A clone with its sub-channel: a track of data and one of sound, with graphics beside both. */
export function cloneWithSub(): Files {
  const drawn = graphics(800, 25);
  const sheet = [
    '[CloneCD]', 'Version=3', '[Disc]', 'TocEntries=5', 'Sessions=1', 'DataTracksScrambled=0', 'CDTextLength=0', '[Session 1]', 'PreGapMode=1', 'PreGapSubC=0',
    ...entry(0, 1, 0xa0, 4, [1, 0, 0]), ...entry(1, 1, 0xa1, 0, [2, 0, 0]), ...entry(2, 1, 0xa2, 0, msf(800)), ...entry(3, 1, 1, 4, msf(0)), ...entry(4, 1, 2, 0, msf(500)),
    '[TRACK 1]', 'MODE=1', 'INDEX 1=0', '[TRACK 2]', 'MODE=0', 'INDEX 0=350', 'INDEX 1=500', '',
  ];
  return {
    'clone.ccd': sheet.join('\r\n'),
    'clone.img': Buffer.concat([data(0, 350, 26), Buffer.alloc(150 * SECTOR), bytes(300 * SECTOR, 27)]),
    'clone.sub': Buffer.concat(Array.from({ length: 800 }, (_, n) => planes(drawn.subarray(n * 96, (n + 1) * 96)))),
  };
}

/** Where the first track of the second session begins behind a first of `end` sectors: lead-out, lead-in, two seconds. */
const second = (end: number) => end + 6750 + 4500 + 150;

/** A clone of two sessions: sound, then data. */
export function cloneOfTwo(): Files {
  const start = second(400);
  const sheet = [
    '[CloneCD]', 'Version=3', '[Disc]', 'TocEntries=8', 'Sessions=2', 'DataTracksScrambled=0', 'CDTextLength=0',
    '[Session 1]', 'PreGapMode=0', 'PreGapSubC=0', '[Session 2]', 'PreGapMode=1', 'PreGapSubC=0',
    ...entry(0, 1, 0xa0, 0, [1, 0, 0]), ...entry(1, 1, 0xa1, 0, [1, 0, 0]), ...entry(2, 1, 0xa2, 0, msf(400)), ...entry(3, 1, 1, 0, msf(0)),
    ...entry(4, 2, 0xa0, 4, [2, 0, 0]), ...entry(5, 2, 0xa1, 4, [2, 0, 0]), ...entry(6, 2, 0xa2, 4, msf(start + 350)), ...entry(7, 2, 2, 4, msf(start)),
    '[TRACK 1]', 'MODE=0', 'INDEX 1=0', '[TRACK 2]', 'MODE=1', `INDEX 1=${start}`, '',
  ];
  return { 'two.ccd': sheet.join('\r\n'), 'two.img': Buffer.concat([bytes(400 * SECTOR, 28), data(start, 350, 29)]), 'two.sub': Buffer.alloc(750 * 96) };
}

/** Alcohol's: a track of data, and one of sound behind a pre-gap that the MDF does not hold. */
export function alcohol(): Files {
  const [tracks, lengths] = [112, 112 + 5 * 80];
  const head = Buffer.alloc(tracks);
  head.write('MEDIA DESCRIPTOR');
  head.set([1, 3], 16);
  head[20] = 1;
  head.writeUInt32LE(88, 80);
  head.writeInt32LE(-150, 88);
  head.writeInt32LE(760, 92);
  head.set([1, 0, 5, 3, 1, 0, 2, 0], 96);
  head.writeUInt32LE(tracks, 108);
  const row = (point: number, control: number, [minute, second, frame]: number[]) => {
    const out = Buffer.alloc(80);
    [out[2], out[4], out[9], out[10], out[11]] = [0x10 | control, point, minute ?? 0, second ?? 0, frame ?? 0];
    return out;
  };
  const track = (point: number, control: number, mode: number, start: number, at: number, extra: number) => {
    const out = row(point, control, msf(start));
    out[0] = mode;
    out.writeUInt32LE(extra, 12);
    out.writeUInt16LE(SECTOR, 16);
    out.writeUInt32LE(start, 36);
    out.writeUInt32LE(at * SECTOR, 40);
    out[48] = 1;
    out.writeUInt32LE(lengths + 16, 52);
    return out;
  };
  const rows = [row(0xa0, 4, [1, 0, 0]), row(0xa1, 0, [2, 0, 0]), row(0xa2, 0, msf(760)), track(1, 4, 0xaa, 0, 0, lengths), track(2, 0, 0xa9, 450, 300, lengths + 8)];
  const foot = Buffer.concat([Buffer.from([...u32(150), ...u32(300), ...u32(150), ...u32(310), ...u32(lengths + 32)]), Buffer.alloc(12), Buffer.from('*.mdf\0')]);
  return { 'disc.mds': Buffer.concat([head, ...rows, foot]), 'disc.mdf': Buffer.concat([data(0, 300, 30), bytes(310 * SECTOR, 31)]) };
}
