/** What is on its way from the drive to the page: pieces of some MiB, no more of them than were asked for. */

/** Bytes of one message. */
const PIECE = 4 * 1024 * 1024;
/** Messages sent and not yet asked for again. */
const AHEAD = 3;

/** Makes the reading wait until the page has taken what it was sent. */
export class Credit {
  #left = AHEAD;
  #news: (() => void) | undefined;

  /** Waits until another message may go. */
  async take(): Promise<void> {
    while (this.#left === 0) {
      await new Promise<void>((resolve) => {
        this.#news = resolve;
      });
    }
    this.#left -= 1;
  }

  /** The page has taken one and wants another. */
  more(): void {
    this.#left += 1;
    this.#news?.();
  }
}

/** Gathers bytes into pieces. */
export class Gatherer {
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  #piece = new Uint8Array(PIECE);
  #filled = 0;

  constructor(send: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>) {
    this.#send = send;
  }

  /** Takes bytes that nobody else changes meanwhile. */
  async take(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    while (rest.length > 0) {
      const now = rest.subarray(0, PIECE - this.#filled);
      this.#piece.set(now, this.#filled);
      rest = rest.subarray(now.length);
      await this.#added(now.length);
    }
  }

  async zeros(count: number): Promise<void> {
    let left = count;
    while (left > 0) {
      const now = Math.min(left, PIECE - this.#filled);
      this.#piece.fill(0, this.#filled, this.#filled + now);
      left -= now;
      await this.#added(now);
    }
  }

  /** Sends what is left. */
  async finish(): Promise<void> {
    if (this.#filled > 0) await this.#flush();
  }

  async #added(count: number): Promise<void> {
    this.#filled += count;
    if (this.#filled === PIECE) await this.#flush();
  }

  async #flush(): Promise<void> {
    const whole = this.#filled === PIECE ? this.#piece : this.#piece.slice(0, this.#filled);
    this.#piece = new Uint8Array(PIECE);
    this.#filled = 0;
    await this.#send(whole);
  }
}
