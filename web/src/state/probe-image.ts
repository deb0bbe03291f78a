/** A first look at the chosen file: can it be read at all, and how fast does it come? Reads little and keeps nothing. */
import { asFailure } from '../api/failure';
import type { Image } from './state';

const CHUNK = 4 * 1024 * 1024;
/** Reading for longer than this tells nothing more. */
const BUDGET_MS = 250;
const MOST = 64 * 1024 * 1024;

/** Reads the end first, since a file that was cut off fails there, then from the start for as long as the budget lasts. */
export async function probeImage(file: Blob, { budget = BUDGET_MS } = {}): Promise<Image['probe']> {
  const now = () => performance.now();
  try {
    await file.slice(Math.max(0, file.size - 2048)).arrayBuffer();
    const began = now();
    let read = 0;
    while (read < Math.min(file.size, MOST) && now() - began < budget) {
      // One after the other, on purpose: it is the pace of a burn that is measured.
      // oxlint-disable-next-line no-await-in-loop
      read += (await file.slice(read, read + CHUNK).arrayBuffer()).byteLength;
    }
    const seconds = (now() - began) / 1000;
    // Little files say nothing about speed.
    return { kind: 'read', bytesPerSecond: read >= CHUNK && seconds > 0 ? read / seconds : null };
  } catch (thrown) {
    // Browsers refuse a file whose size or date moved since it was chosen, and one that is gone, by different names.
    const changed = thrown instanceof DOMException && thrown.name === 'NotReadableError';
    return { kind: 'failed', failure: asFailure(thrown, changed ? 'image-changed' : 'image-unreadable') };
  }
}
