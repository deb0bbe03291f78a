/** The disc on its way to the page: pieces of some MiB, gaps as zeros, no more on the way than was asked for. */

const SECTOR = 2048;
/** Bytes of one message. */
const PIECE = 4 * 1024 * 1024;
/** Messages sent and not yet asked for again. */
const AHEAD = 3;

/** Called from Rust (`JsSink`), in ascending order of addresses. */
export class ContentsSink {
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => void;
  #piece = new Uint8Array(PIECE);
  #filled = 0;
  /** The sector behind the last one taken. */
  #next = 0;
  #credit = AHEAD;
  #news: (() => void) | undefined;

  constructor(send: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#send = send;
  }

  /** `bytes` is a view into the engine's memory: it is copied before this call first waits. */
  async write(lba: number, bytes: Uint8Array): Promise<void> {
    const copy = bytes.slice();
    await this.#take(new Uint8Array(0), (lba - this.#next) * SECTOR);
    await this.#take(copy, 0);
    this.#next = lba + copy.length / SECTOR;
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
