/** Files that CDs are made of: audio files, and small images in several formats, put together byte by byte. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytes } from './image';
import { folder } from './folder';

export const SECTOR = 2352;

/** Writes them side by side; their paths in the order given. */
export function files(contents: Record<string, Uint8Array | string>): string[] {
  const place = folder();
  return Object.entries(contents).map(([name, content]) => {
    const path = join(place, name);
    writeFileSync(path, content);
    return path;
  });
}

const u32 = (n: number) => [n & 0xff, (n >> 8) & 0xff, (n >> 16) & 0xff, (n >>> 24) & 0xff];
const u16 = (n: number) => [n & 0xff, n >> 8];

/** A WAV of noise: `seconds` long. */
export function wave(seconds: number, seed: number, { rate = 44_100, channels = 2 } = {}): Buffer {
  const block = channels * 2;
  const samples = bytes(Math.round(seconds * rate) * block, seed);
  const format = [...u16(1), ...u16(channels), ...u32(rate), ...u32(rate * block), ...u16(block), ...u16(16)];
  const head = [Buffer.from('RIFF'), Buffer.from(u32(36 + samples.length)), Buffer.from('WAVEfmt '), Buffer.from(u32(16)), Buffer.from(format)];
  return Buffer.concat([...head, Buffer.from('data'), Buffer.from(u32(samples.length)), samples]);
}

/** Mixed mode: a data track in one file, an audio track in another. */
export function mixed(): Record<string, Uint8Array | string> {
  const sheet = [
    'FILE "data.bin" BINARY',
    '  TRACK 01 MODE1/2048',
    '    INDEX 01 00:00:00',
    'FILE "audio.bin" BINARY',
    '  TRACK 02 AUDIO',
    '    PREGAP 00:02:00',
    '    INDEX 01 00:00:00',
  ].join('\r\n');
  return { 'mixed.cue': sheet, 'data.bin': bytes(400 * 2048, 11), 'audio.bin': bytes(350 * SECTOR, 12) };
}

/** CloneCD: two audio tracks, their sub-channel in eight planes (all zero: P to W say nothing). */
export function clone(): Record<string, Uint8Array | string> {
  const entry = (n: number, point: number, minute: number, second: number, frame: number) =>
    [
      `[Entry ${n}]`, 'Session=1', `Point=0x${point.toString(16).padStart(2, '0')}`, 'ADR=0x01', 'Control=0x00', 'TrackNo=0',
      'AMin=0', 'ASec=0', 'AFrame=0', 'ALBA=-150', 'Zero=0', `PMin=${minute}`, `PSec=${second}`, `PFrame=${frame}`,
      `PLBA=${(minute * 60 + second) * 75 + frame - 150}`,
    ];
  const sheet = [
    '[CloneCD]', 'Version=3', '[Disc]', 'TocEntries=5', 'Sessions=1', 'DataTracksScrambled=0', 'CDTextLength=0',
    '[Session 1]', 'PreGapMode=0', 'PreGapSubC=0',
    ...entry(0, 0xa0, 1, 0, 0), ...entry(1, 0xa1, 2, 0, 0), ...entry(2, 0xa2, 0, 11, 0), ...entry(3, 1, 0, 2, 0), ...entry(4, 2, 0, 6, 50),
    '[TRACK 1]', 'MODE=0', 'INDEX 1=0', '[TRACK 2]', 'MODE=0', 'INDEX 1=350', '',
  ];
  return { 'clone.ccd': sheet.join('\r\n'), 'clone.img': bytes(675 * SECTOR, 13), 'clone.sub': Buffer.alloc(675 * 96) };
}

/** Big-endian, in two's complement. */
function big(n: number, width: 4 | 8): Buffer {
  const out = Buffer.alloc(width);
  if (width === 4) out.writeInt32BE(n | 0);
  else out.writeBigInt64BE(BigInt(n));
  return out;
}
const chunk = (id: string, body: Buffer) => Buffer.concat([Buffer.from(id), big(body.length, 4), body]);

/** Nero, version 2: one session at once, two audio tracks. */
export function nero(): Buffer {
  const sectors = Buffer.concat([Buffer.alloc(150 * SECTOR), bytes(610 * SECTOR, 14)]);
  const cue = (control: number, track: number, index: number, at: number) => Buffer.concat([Buffer.from([control, track, index, 0]), big(at, 4)]);
  const cues = Buffer.concat([cue(1, 0, 0, -150), cue(1, 1, 0, -150), cue(1, 1, 1, 0), cue(1, 2, 0, 300), cue(1, 2, 1, 300), cue(1, 0xaa, 1, 610)]);
  const track = (from: number, start: number, end: number) =>
    Buffer.concat([Buffer.alloc(12), Buffer.from([0x09, 0x30, 0x07, 0, 0, 1]), ...[from, start, end].map((at) => big(at * SECTOR, 8))]);
  const dao = Buffer.concat([Buffer.alloc(4), Buffer.alloc(14), Buffer.from([0, 0, 1, 2]), track(0, 150, 450), track(450, 450, 760)]);
  const chunks = [chunk('CUEX', cues), chunk('DAOX', dao), chunk('SINF', Buffer.from([0, 0, 0, 2])), chunk('END!', Buffer.alloc(0))];
  return Buffer.concat([sectors, ...chunks, Buffer.from('NER5'), big(sectors.length, 8)]);
}
