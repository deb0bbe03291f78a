/** The worker: burns the way the real one does, into drives that keep nothing. */
import { burn } from '../../../web/src/worker/burn';
import { SimClock } from '../../../web/src/worker/links';
import { Hasher } from '../../../web/src/worker/hasher';
import { sweeping } from '../../../web/src/worker/litter';
import type { ImageFile } from '../../../web/src/worker/image-file';
import init, { DiscRecorder2, SimUsb, start } from '../../../web/src/generated/webburn.js';
import { BridgeChannel, drives } from '../../../web/src/transport/bridge';
import { SimUsbDevice } from '../../../web/src/transport/sim-usb';
import { WebUsbPipe } from '../../../web/src/transport/webusb';

export type Job = 'interactive' | 'page' | 'bridge' | 'memory-small' | 'memory-large' | 'disc' | 'disc-sha256';
export interface Measured {
  name: string;
  bytes?: number;
  milliseconds: number;
}

const MIB = 1024 * 1024;
const OPTIONS = { verify: false, speed: null, close: false, overwrite: true };

function post(message: Measured | { failed: string } | 'end'): void {
  self.postMessage(message);
}

/** A real file on disk, from the origin's own folder. Sparse when it is only stretched. */
async function makeFile(name: string, bytes: number, fill: boolean): Promise<File> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(name, { create: true });
  const access = await handle.createSyncAccessHandle();
  access.truncate(bytes);
  if (fill) {
    const piece = new Uint8Array(4 * MIB);
    for (let at = 0; at < piece.length; at += 65_536) crypto.getRandomValues(piece.subarray(at, at + 65_536));
    for (let at = 0; at < bytes; at += piece.length) access.write(piece, { at });
  }
  access.flush();
  access.close();
  return handle.getFile();
}

async function pageSim(keep: number): Promise<DiscRecorder2> {
  // The one that holds 25 GB: a BD-RE gives some of its sectors to spare areas.
  const sim = new SimUsb('bd-r', keep);
  sim.setPace(0, performance.now());
  const clock = new SimClock(sim);
  clock.skips = true;
  return DiscRecorder2.fromUsb('bench', await WebUsbPipe.open(new SimUsbDevice(sim)), clock);
}

/** As many sectors as a BD-R has: the pattern of `PatternSource`, which repeats itself after 256 sectors and costs the disc a byte each. */
class Pattern {
  readonly size = 12_219_392 * 2048;
  readonly #period = new Uint8Array(2 * 256 * 2048);

  constructor() {
    for (let at = 0; at < this.#period.length; at += 1) {
      const i = at % 2048;
      this.#period[at] = 31 * Math.floor(at / 2048) + 7 * i + (i >> 8);
    }
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    const from = offset % (256 * 2048);
    return Promise.resolve(this.#period.subarray(from, Math.min(from + length, this.#period.length)));
  }

  checkUnchanged(): Promise<void> {
    return Promise.resolve();
  }
}

async function timeBurn(name: string, recorder: DiscRecorder2, file: File | Pattern, digest: boolean): Promise<void> {
  const hasher = digest ? new Hasher() : null;
  // The first look at the disc waits for it to spin up.
  await recorder.medium();
  if (name === 'memory') {
    // The real page starts its worker that hashes with the engine.
    await hasher?.finish();
    // The browser's other processes are still coming up, which is not ours to count.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    post({ name: 'idle', milliseconds: 0 });
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  const begun = performance.now();
  if (file instanceof Pattern) await recorder.burn(file, OPTIONS, hasher, sweeping(() => undefined));
  else await burn(recorder, file, OPTIONS, () => undefined, hasher);
  post({ name, bytes: file.size, milliseconds: performance.now() - begun });
}

/** The same bytes over and over: what remains is the way to the drive. */
class Memory {
  readonly #bytes = crypto.getRandomValues(new Uint8Array(65_536));
  constructor(readonly size: number) {}
  read(offset: number, length: number): Promise<Uint8Array> {
    const at = offset % this.#bytes.length;
    return Promise.resolve(this.#bytes.subarray(at, at + length));
  }
  checkUnchanged(): Promise<void> {
    return Promise.resolve();
  }
}

async function timeMemory(name: string, recorder: DiscRecorder2, bytes: number): Promise<void> {
  await recorder.medium();
  const begun = performance.now();
  await recorder.burn(new Memory(bytes) as unknown as ImageFile, OPTIONS, null, () => undefined);
  post({ name, bytes, milliseconds: performance.now() - begun });
}

async function bridgeRecorder(): Promise<DiscRecorder2> {
  const drive = (await drives(location.origin))[0];
  if (drive === undefined) throw new Error('the bridge lists no drive');
  return DiscRecorder2.fromChannel('bench', await BridgeChannel.open(location.origin, drive.id, 'bench'));
}

/** What the browser and the socket can do at most: messages as long as so many WRITEs, to a server that only answers. */
function ceiling(name: string, depth: number, writes: number): Promise<void> {
  const message = new Uint8Array(writes * (65_536 + 40));
  const count = 6000 / writes;
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/bench/socket`);
  socket.binaryType = 'arraybuffer';
  let [sent, answered, begun] = [0, 0, 0];
  const fill = (): void => {
    for (; sent < count && sent - answered < depth; sent += 1) socket.send(message);
  };
  return new Promise((resolve, reject) => {
    socket.onerror = () => reject(new Error('the bare socket failed'));
    socket.onopen = () => {
      begun = performance.now();
      fill();
    };
    socket.onmessage = () => {
      answered += 1;
      fill();
      if (answered < count) return;
      post({ name, bytes: count * message.length, milliseconds: performance.now() - begun });
      socket.close();
      resolve();
    };
  });
}

/** As long as a command without data takes on the socket alone. */
async function bareRoundTrip(name: string): Promise<void> {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/bench/socket`);
  socket.binaryType = 'arraybuffer';
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('the bare socket failed'));
  });
  const message = new Uint8Array(40);
  await median(name, async () => {
    socket.send(message);
    await new Promise((resolve) => (socket.onmessage = resolve));
  });
  socket.close();
}

async function median(name: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 2000; i += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  post({ name, milliseconds: times[times.length / 2] ?? 0 });
}

/** Median of TEST UNIT READY, there and back. */
async function roundTrip(name: string, recorder: DiscRecorder2): Promise<void> {
  await median(name, () => recorder.sendCommandNoData(new Uint8Array(6), 10));
}

async function run(jobs: Job[]): Promise<void> {
  await init();
  start((message: string) => post({ failed: message }));
  if (jobs.includes('page') || jobs.includes('bridge')) {
    const file = await makeFile('image', 1024 * MIB, true);
    if (jobs.includes('page')) {
      await timeBurn('page', await pageSim(0), file, false);
      await timeBurn('page with SHA-256', await pageSim(0), file, true);
    }
    if (jobs.includes('bridge')) {
      await ceiling('ceiling', 4, 1);
      await ceiling('ceiling of eight', 4, 8);
      const recorder = await bridgeRecorder();
      await timeMemory('bridge', recorder, file.size);
      await timeBurn('bridge from a file', recorder, file, false);
      await bareRoundTrip('bare round trip');
      await roundTrip('bridge round trip', recorder);
    }
  }
  // The disc keeps what it can in 64 MiB, which is all of it.
  if (jobs.includes('disc')) await timeBurn('memory', await pageSim(64 * MIB), new Pattern(), false);
  if (jobs.includes('disc-sha256')) await timeBurn('memory', await pageSim(64 * MIB), new Pattern(), true);
  if (jobs.includes('memory-small')) await timeBurn('memory', await pageSim(0), await makeFile('small', 700e6 - (700e6 % 2048), false), true);
  if (jobs.includes('memory-large')) await timeBurn('memory', await pageSim(0), await makeFile('large', 25e9 - (25e9 % 2048), false), true);
}

self.addEventListener('message', ({ data }: MessageEvent<Job[]>) => {
  run(data)
    .catch((thrown: unknown) => post({ failed: thrown instanceof Error ? `${thrown.message} ${thrown.stack}` : JSON.stringify(thrown) }))
    .finally(() => post('end'));
});
