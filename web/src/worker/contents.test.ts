import { describe, expect, it } from 'vitest';
import { discContents, type Reading } from '../api/contents';
import { ContentsSink } from './contents';

const SECTOR = 2048;
const MIB = 1024 * 1024;

/** A worker's side in this thread: reads `sectors` in steps, with a gap of ten sectors after the first step. */
function reading(sectors: number, step: number, limit = sectors): Reading & { sent: number; stopped: boolean } {
  let sink: ContentsSink | undefined;
  const side = {
    sent: 0,
    stopped: false,
    async read(onPiece: (bytes: Uint8Array<ArrayBuffer>) => void): Promise<number> {
      sink = new ContentsSink(
        limit,
        (bytes) => {
          side.sent += 1;
          onPiece(bytes);
        },
        () => {
          side.stopped = true;
        },
      );
      for (let lba = 0; lba < sectors; lba += step) {
        if (side.stopped) break;
        const count = Math.min(step, sectors - lba);
        if (lba === step) await sink.write(lba + 10, new Uint8Array((count - 10) * SECTOR).fill(2));
        else await sink.write(lba, new Uint8Array(count * SECTOR).fill(1));
      }
      await sink.finish();
      return sectors;
    },
    more: () => sink?.more(),
    stop: () => {
      side.stopped = true;
      sink?.more();
    },
  };
  return side;
}

describe('the contents of a disc', () => {
  it('come whole, with gaps as zeros', async () => {
    const sectors = 5000;
    const seen: number[] = [];
    const blob = await discContents('a.iso', sectors, reading(sectors, 300)).blob((done) => seen.push(done));
    const bytes = new Uint8Array(await blob.arrayBuffer());
    expect(bytes).toHaveLength(sectors * SECTOR);
    expect(bytes[300 * SECTOR - 1]).toBe(1);
    expect(bytes.subarray(300 * SECTOR, 310 * SECTOR).every((byte) => byte === 0)).toBe(true);
    expect(bytes[310 * SECTOR]).toBe(2);
    expect(seen.at(-1)).toBe(sectors * SECTOR);
  });

  it('end where there is enough', async () => {
    const side = reading(10_000, 300, 1000);
    const blob = await discContents('a.iso', 1000, side).blob();
    expect(blob.size).toBe(1000 * SECTOR);
    expect(side.stopped).toBe(true);
  });

  it('are read no faster than they are taken', async () => {
    const side = reading(40 * 512 * 4, 2048);
    const reader = discContents('a.iso', 40 * 512 * 4, side).stream().getReader();
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(side.sent).toBeLessThanOrEqual(8);
    const first = await reader.read();
    expect(first.value).toHaveLength(4 * MIB);
    await reader.cancel();
    expect(side.stopped).toBe(true);
  });

  it('are not gathered into a Blob that no browser would take', async () => {
    const contents = discContents('a.iso', 12_000_000, reading(0, 1));
    await expect(contents.blob()).rejects.toMatchObject({ code: 'contents-too-large' });
  });
});
