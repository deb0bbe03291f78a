/// <reference types="node" />
/** What the tests of the CD module have in common: files in memory, and drives reached through a `USBDevice`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initSync as initCds, CdDisc, CdWriter } from '../src/generated/cds/webburn.js';
import { initSync, SimUsb } from '../src/generated/webburn.js';
import { SimUsbDevice } from '../src/transport/sim-usb';
import { WebUsbPipe } from '../src/transport/webusb';

const GENERATED = join(import.meta.dirname, '../src/generated');
export const SECTOR = 2352;
export const OPTIONS = { verify: true, speed: null, raw: false, testWrite: false, overburn: false, texts: true };

export function load(): void {
  initSync({ module: readFileSync(join(GENERATED, 'webburn_bg.wasm')) });
  initCds({ module: readFileSync(join(GENERATED, 'cds/webburn_bg.wasm')) });
}

export function noise(bytes: number, seed: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes);
  let state = seed;
  for (let at = 0; at < bytes; at += 1) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    out[at] = state >>> 16;
  }
  return out;
}

export function wave(samples: Uint8Array, rate = 44_100, channels = 2): Uint8Array {
  const head = new DataView(new ArrayBuffer(44));
  const word = (at: number, text: string) => [...text].forEach((letter, n) => head.setUint8(at + n, letter.charCodeAt(0)));
  word(0, 'RIFF');
  head.setUint32(4, 36 + samples.length, true);
  word(8, 'WAVEfmt ');
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, channels, true);
  head.setUint32(24, rate, true);
  head.setUint32(28, rate * channels * 2, true);
  head.setUint16(32, channels * 2, true);
  head.setUint16(34, 16, true);
  word(36, 'data');
  head.setUint32(40, samples.length, true);
  return Buffer.concat([Buffer.from(head.buffer), samples]);
}

/** A file in memory, read as a worker reads one. */
export const file = (name: string, content: string | Uint8Array) => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, size: bytes.length, read: (offset: number, length: number) => bytes.slice(offset, offset + length) };
};

/** These files as a disc: the first describes it. */
export function open(files: Record<string, string | Uint8Array>): Promise<CdDisc> {
  return CdDisc.open(Object.keys(files)[0] ?? '', Object.entries(files).map(([name, content]) => file(name, content)));
}

/** A drive with a disc, and the way to it. */
export async function drive(medium: string) {
  const sim = new SimUsb('none', 1 << 30);
  sim.load(medium);
  const now = { skipped: 0 };
  const clock = {
    now: () => performance.now() + now.skipped,
    sleep: (ms: number) => {
      now.skipped += ms;
      sim.skip(ms);
      return Promise.resolve();
    },
  };
  sim.setPace(0, performance.now());
  const device = new SimUsbDevice(sim);
  const pipe = await WebUsbPipe.open(device);
  const writer = await CdWriter.fromUsb('sim', pipe, clock);
  return { sim, device, pipe, clock, writer };
}
