/** The disc on its way to the page: pieces of some MiB, gaps as zeros, no more on the way than was asked for. */
import { isBurnFailure } from '../api/failure';
import type { DiscRecorder2 } from '../generated/webburn.js';

const SECTOR = 2048;
/** Bytes of one message. */
const PIECE = 4 * 1024 * 1024;
/** Messages sent and not yet asked for again. */
const AHEAD = 3;

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
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => void;
  #piece = new Uint8Array(PIECE);
  #filled = 0;
  /** The sector behind the last one taken. */
  #next = 0;
  #credit = AHEAD;
  #news: (() => void) | undefined;

  readonly #limit: number;
  readonly #enough: () => void;

  /** `enough` is called once `limit` sectors have come. */
  constructor(limit: number, send: (bytes: Uint8Array<ArrayBuffer>) => void, enough: () => void) {
    this.#limit = limit;
    this.#send = send;
    this.#enough = enough;
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
    await this.#take(new Uint8Array(0), (start - this.#next) * SECTOR);
    await this.#take(copy, 0);
    this.#next = start + copy.length / SECTOR;
    if (this.full) this.#enough();
  }

  /** The page has taken a piece and wants another. */
  more(): void {
    this.#credit += 1;
    this.#news?.();
  }

  /** Sends what is left. */
  async finish(): Promise<void> {
    if (this.#filled > 0) await this.#flush();
  }

  async #take(bytes: Uint8Array, zerosBefore: number): Promise<void> {
    let zeros = Math.max(zerosBefore, 0);
    let rest = bytes;
    while (zeros > 0 || rest.length > 0) {
      const room = PIECE - this.#filled;
      if (zeros > 0) {
        const now = Math.min(zeros, room);
        this.#piece.fill(0, this.#filled, this.#filled + now);
        this.#filled += now;
        zeros -= now;
      } else {
        const now = rest.subarray(0, room);
        this.#piece.set(now, this.#filled);
        this.#filled += now.length;
        rest = rest.subarray(now.length);
      }
      if (this.#filled === PIECE) await this.#flush();
    }
  }

  async #flush(): Promise<void> {
    while (this.#credit === 0) {
      await new Promise<void>((resolve) => {
        this.#news = resolve;
      });
    }
    this.#credit -= 1;
    const whole = this.#filled === PIECE ? this.#piece : this.#piece.slice(0, this.#filled);
    this.#piece = new Uint8Array(PIECE);
    this.#filled = 0;
    this.#send(whole);
  }
}
