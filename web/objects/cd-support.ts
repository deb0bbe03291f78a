/** What the tests of CDs share: samples, and what a drive says of a disc. */
import { expect } from 'vitest';
import { CdSectorType, type DiscRecorder2, HRESULT, RawCDImageCreator, type StreamLike } from './dist/webburn';

/** Bytes of a sector of audio. */
export const AUDIO = 2352;

/** Samples that nowhere repeat. */
export function samples(sectors: number, seed = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array((sectors * AUDIO) / 4);
  let state = Math.imul(seed, 2_654_435_761) | 1;
  for (let at = 0; at < words.length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state;
  }
  return new Uint8Array(words.buffer);
}

/** An image of audio tracks with two seconds between them. */
export function creatorOf(...tracks: StreamLike[]): RawCDImageCreator {
  const creator = new RawCDImageCreator();
  creator.disableGaplessAudio = true;
  for (const track of tracks) creator.addTrack(CdSectorType.Audio, track);
  return creator;
}

async function ask(recorder: DiscRecorder2, cdb: Uint8Array, length: number): Promise<Uint8Array> {
  let outcome = await recorder.sendCommandGetDataFromDevice(cdb, length, 60);
  // The first command after a disc was changed or closed may be answered with a unit attention.
  if (outcome.hresult !== HRESULT.S_OK) outcome = await recorder.sendCommandGetDataFromDevice(cdb, length, 60);
  expect(outcome.hresult, Buffer.from(outcome.sense).toString('hex')).toBe(HRESULT.S_OK);
  return outcome.data;
}

/** READ TOC/PMA/ATIP, with addresses as minute, second, frame. */
export async function readToc(recorder: DiscRecorder2, format: number): Promise<Uint8Array> {
  const toc = await ask(recorder, Uint8Array.of(0x43, 2, format, 0, 0, 0, 0, 0x20, 0, 0), 0x2000);
  return toc.slice(0, 2 + new DataView(toc.buffer, toc.byteOffset).getUint16(0));
}

/** READ CD: whole sectors, followed by 16 bytes of Q if asked for. */
export async function readCd(recorder: DiscRecorder2, lba: number, sectors: number, q = false): Promise<Uint8Array> {
  const cdb = new Uint8Array(12);
  cdb.set([0xbe, 0]);
  new DataView(cdb.buffer).setInt32(2, lba);
  cdb.set([0, 0, sectors, 0xf8, q ? 2 : 0], 6);
  return ask(recorder, cdb, sectors * (AUDIO + (q ? 16 : 0)));
}

/** Every sector from `lba` on is one of `expected`. */
export async function holds(recorder: DiscRecorder2, lba: number, expected: Uint8Array): Promise<boolean> {
  const sectors = expected.length / AUDIO;
  for (let at = 0; at < sectors; at += 24) {
    const count = Math.min(24, sectors - at);
    const held = await readCd(recorder, lba + at, count);
    if (Buffer.compare(held, expected.subarray(at * AUDIO, (at + count) * AUDIO)) !== 0) return false;
  }
  return true;
}

/** A stream that begins later in another one. */
export function from(stream: { size: number; read(offset: number, length: number): Promise<Uint8Array> }, start: number) {
  return { size: stream.size - start, read: (offset: number, length: number) => stream.read(start + offset, length) };
}

/** Zeros of any length. */
export function zeros(size: number) {
  return { size, read: async (_: number, length: number) => new Uint8Array(length) };
}

/** A stream that takes its time. */
export function slow(bytes: Uint8Array) {
  const read = async (offset: number, length: number) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return bytes.slice(offset, offset + length);
  };
  return { size: bytes.length, read };
}
