/// <reference types="node" />
/** The module on the simulated drive, without a browser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CdDisc, CdWriter, initSync as initCds } from '../src/generated/cds/webburn.js';
import { initSync, SimUsb } from '../src/generated/webburn.js';
import { SimUsbDevice } from '../src/transport/sim-usb';
import { WebUsbPipe } from '../src/transport/webusb';

const GENERATED = join(import.meta.dirname, '../src/generated');
export const OPTIONS = { verify: true, speed: null, raw: false, testWrite: false, overburn: false, texts: true };

export function begin(): void {
  initSync({ module: readFileSync(join(GENERATED, 'webburn_bg.wasm')) });
  initCds({ module: readFileSync(join(GENERATED, 'cds/webburn_bg.wasm')) });
}

/** A file in memory, read as a worker reads one. */
export const file = (name: string, content: string | Uint8Array) => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, size: bytes.length, read: (offset: number, length: number) => bytes.slice(offset, offset + length) };
};

export interface Track {
  session: number;
  number: number;
  start: number;
  sectors: number;
  pregap: number;
  title: string | null;
}
export interface Description {
  sessions: number;
  graphics: boolean;
  leadOut: number;
  title: string | null;
  notes: string[];
  tracks: Track[];
}
export interface End {
  outcome: string;
  closed: boolean;
  medium: { status: string };
  sectors: number;
  tracks: { session: number; number: number; compared: string; offset: number; rToW: { compared: string } | null }[];
  sessions: string[];
  raw?: { sectors: number; noise: number; main: { compared: string }; q: { compared: string }; rToW: { compared: string } } | null;
}

/** These files as a disc: the first describes it. */
export function open(files: Record<string, string | Uint8Array>): Promise<CdDisc> {
  return CdDisc.open(Object.keys(files)[0] ?? '', Object.entries(files).map(([name, content]) => file(name, content)));
}

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
  const pipe = await WebUsbPipe.open(new SimUsbDevice(sim));
  const writer = await CdWriter.fromUsb('sim', pipe, clock);
  return { sim, pipe, clock, writer };
}
