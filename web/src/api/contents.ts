/** What a reader would read, as a stream or a Blob. */
import type { DiscContents } from './engine';
import { pageFailure } from './failure';

const SECTOR = 2048;
/** A Blob may spill to disk, but browsers differ in how much; a DVD fits everywhere we looked. */
const MAX_BLOB = 5_000_000_000;

/** The reading itself: pieces come until `read` resolves; each one taken is answered with `more`. */
export interface Reading {
  read(onPiece: (bytes: Uint8Array<ArrayBuffer>) => void): Promise<number>;
  more(): void;
  stop(): void;
}

export function discContents(name: string, sectors: number, reading: Reading): DiscContents {
  const bytes = sectors * SECTOR;
  const stream: DiscContents['stream'] = (onProgress) => {
    let done = 0;
    let taken = 0;
    let came = 0;
    let cancelled = false;
    return new ReadableStream(
      {
        start(controller) {
          const ended = reading.read((piece) => {
            came += 1;
            if (cancelled) return;
            done += piece.length;
            controller.enqueue(piece);
            onProgress?.(done);
          });
          ended.then(
            () => {
              if (!cancelled) controller.close();
            },
            (failure: unknown) => controller.error(failure),
          );
        },
        pull() {
          // Called when there is room again: everything that came has been taken.
          for (; taken < came; taken += 1) reading.more();
        },
        cancel() {
          cancelled = true;
          reading.stop();
        },
      },
      { highWaterMark: 2 },
    );
  };
  return {
    name,
    sectors,
    bytes,
    maxBlobBytes: MAX_BLOB,
    stream,
    async blob(onProgress) {
      if (bytes > MAX_BLOB) throw pageFailure('contents-too-large', 'too large for a Blob', { bytes, limit: MAX_BLOB });
      let blob = new Blob([], { type: 'application/octet-stream' });
      let pieces: Uint8Array<ArrayBuffer>[] = [];
      const reader = stream(onProgress).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (value !== undefined) pieces.push(value);
        // The browser may put a Blob on disk; an array stays in memory.
        if (done || pieces.length === 8) {
          blob = new Blob([blob, ...pieces], { type: 'application/octet-stream' });
          pieces = [];
        }
        if (done) return blob;
      }
    },
  };
}
