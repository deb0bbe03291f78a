/** The disc on its way to the page: pieces of some MiB, gaps as zeros, no more on the way than was asked for. */
import { isBurnFailure } from '../api/failure';
import type { DiscRecorder2 } from '../generated/webburn.js';
import { Credit, Gatherer } from './pieces';

const SECTOR = 2048;

/** Takes sectors in ascending order until it has enough. Called from Rust (`JsSink`). */
export interface SectorSink {
  write(lba: number, bytes: Uint8Array): Promise<void>;
  /** It has all it wants: the reading was stopped by itself. */
  readonly full: boolean;
}

export async function readInto(recorder: DiscRecorder2, sink: SectorSink): Promise<void> {
  try {
    await recorder.readDisc(sink);
  } catch (thrown) {
    if (!sink.full || !isBurnFailure(thrown) || thrown.code !== 'cancelled') throw thrown;
  }
}

const DESCRIPTOR = 16;

/** What the disc's first ISO 9660 descriptor says (ECMA-119, 8.4.8); 0 without one. */
export async function volumeSize(recorder: DiscRecorder2): Promise<number> {
  let size = 0;
  const sink = {
    full: false,
    async write(lba: number, bytes: Uint8Array): Promise<void> {
      const at = (DESCRIPTOR - lba) * SECTOR;
      if (at >= 0 && at + SECTOR <= bytes.length) {
        const view = new DataView(bytes.buffer, bytes.byteOffset + at, SECTOR);
        const isVolume = [...'CD001'].every((letter, i) => view.getUint8(1 + i) === letter.charCodeAt(0));
        if (isVolume) size = view.getUint32(80, true);
      }
      if (at + SECTOR <= bytes.length) {
        sink.full = true;
        recorder.cancelWrite();
      }
    },
  };
  await readInto(recorder, sink);
  return size;
}

export class ContentsSink implements SectorSink {
  readonly #credit = new Credit();
  readonly #gatherer: Gatherer;
  /** The sector behind the last one taken. */
  #next = 0;
  readonly #limit: number;
  readonly #enough: () => void;

  /** `enough` is called once `limit` sectors have come. */
  constructor(limit: number, send: (bytes: Uint8Array<ArrayBuffer>) => void, enough: () => void) {
    this.#limit = limit;
    this.#enough = enough;
    this.#gatherer = new Gatherer(async (bytes) => {
      await this.#credit.take();
      send(bytes);
    });
  }

  get full(): boolean {
    return this.#next >= this.#limit;
  }

  /** So many have come. */
  get sectors(): number {
    return this.#next;
  }

  /** `bytes` is a view into the engine's memory: it is copied before this call first waits. */
  async write(lba: number, bytes: Uint8Array): Promise<void> {
    if (this.full) return;
    const start = Math.min(lba, this.#limit);
    const copy = bytes.slice(0, (this.#limit - start) * SECTOR);
    await this.#gatherer.zeros((start - this.#next) * SECTOR);
    await this.#gatherer.take(copy);
    this.#next = start + copy.length / SECTOR;
    if (this.full) this.#enough();
  }

  /** The page has taken a piece and wants another. */
  more(): void {
    this.#credit.more();
  }

  /** Sends what is left. */
  finish(): Promise<void> {
    return this.#gatherer.finish();
  }
}
