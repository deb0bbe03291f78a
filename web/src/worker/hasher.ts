/**
 * SHA-256 in a worker of its own, so that the burn does not wait for it. Started with the engine, not with the first burn:
 * the page must go on when the server that it came from has gone.
 */
import type { FromHash, ToHash } from './protocol';

/** Bytes on their way to the worker before `add` makes its caller wait. */
const ROOM = 8 * 1024 * 1024;

/** Called from Rust (`JsDigest`). */
export class Hasher {
  readonly #worker: Worker;
  #waiting = 0;
  readonly #spare: ArrayBuffer[] = [];
  #news: (() => void) | undefined;
  #digest: Uint8Array | undefined;
  #broken: Error | undefined;

  constructor() {
    this.#worker = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module', name: 'webburn hash' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromHash>) => this.#hear(data));
    this.#worker.addEventListener('error', (event) => this.#hear({ type: 'broken', message: event.message }));
  }

  /** Begins anew, whatever was under way. */
  reset(): void {
    this.#digest = undefined;
    this.#post({ type: 'reset' });
  }

  /** `bytes` is a view into the engine's memory: it is copied before this call returns. */
  async add(bytes: Uint8Array): Promise<void> {
    const { length } = bytes;
    const spare = this.#spare.pop();
    // New memory costs more than the copy: buffers come back and go out again.
    const copy = spare !== undefined && spare.byteLength >= length ? spare : new ArrayBuffer(length);
    new Uint8Array(copy).set(bytes);
    this.#waiting += length;
    this.#post({ type: 'bytes', bytes: new Uint8Array(copy, 0, length) }, [copy]);
    while (this.#waiting > ROOM) await this.#next();
  }

  /** The 32 bytes. What is added after this makes another digest. */
  async finish(): Promise<Uint8Array> {
    this.#digest = undefined;
    this.#post({ type: 'finish' });
    for (;;) {
      if (this.#digest !== undefined) return this.#digest;
      await this.#next();
    }
  }

  stop(): void {
    this.#worker.terminate();
  }

  #post(message: ToHash, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #hear(message: FromHash): void {
    if (message.type === 'hashed') {
      this.#waiting -= message.bytes.length;
      this.#spare.push(message.bytes.buffer);
    }
    if (message.type === 'digest') this.#digest = message.sha256;
    if (message.type === 'broken') this.#broken = new Error(`the worker that hashes failed: ${message.message}`);
    this.#news?.();
  }

  async #next(): Promise<void> {
    if (this.#broken === undefined) {
      await new Promise<void>((resolve) => {
        this.#news = resolve;
      });
    }
    if (this.#broken !== undefined) throw this.#broken;
  }
}
