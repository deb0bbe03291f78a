/** What the tests of the library share. */
/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { DiscFormat2Data, DiscRecorder2, Drive, HRESULT, initSync, SimulatedDrive } from './dist/webburn';


/** Where the library lies. */
export const DIST = join(import.meta.dirname, 'dist');
/** Bytes of a sector. */
export const SECTOR = 2048;

beforeAll(() => {
  initSync({ module: readFileSync(join(DIST, 'webburn_bg.wasm')) });
});

/** Bytes of which no two sectors are the same. */
export function noise(sectors: number, seed = 7): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sectors * SECTOR);
  let state = seed;
  for (let at = 0; at < bytes.length; at += 1) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return bytes;
}

export async function recorderWith(medium: string): Promise<{ sim: SimulatedDrive; recorder: DiscRecorder2 }> {
  const sim = new SimulatedDrive(medium);
  return { sim, recorder: await DiscRecorder2.initializeDiscRecorder(Drive.simulated('sim', sim)) };
}

export async function writerWith(medium: string): Promise<{ sim: SimulatedDrive; recorder: DiscRecorder2; writer: DiscFormat2Data }> {
  const made = await recorderWith(medium);
  const writer = new DiscFormat2Data();
  writer.recorder = made.recorder;
  writer.clientName = 'tests';
  return { ...made, writer };
}

/** READ(10), past every object but the recorder. */
export async function onDisc(recorder: DiscRecorder2, lba: number, sectors: number): Promise<Uint8Array> {
  const cdb = new Uint8Array(10);
  cdb[0] = 0x28;
  new DataView(cdb.buffer).setUint32(2, lba);
  new DataView(cdb.buffer).setUint16(7, sectors);
  let outcome = await recorder.sendCommandGetDataFromDevice(cdb, sectors * SECTOR, 60);
  // The first command after a disc was changed or closed may be answered with a unit attention.
  if (outcome.hresult !== HRESULT.S_OK) outcome = await recorder.sendCommandGetDataFromDevice(cdb, sectors * SECTOR, 60);
  expect(outcome.hresult, Buffer.from(outcome.sense).toString('hex')).toBe(HRESULT.S_OK);
  return outcome.data;
}

/** The same bytes. */
export const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
/** A failure with this HRESULT. */
export const fails = (hresult: HRESULT) => expect.objectContaining({ hresult, hresultName: HRESULT[hresult], message: expect.any(String), code: expect.any(String) });
