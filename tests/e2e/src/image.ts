/** Images for the tests: the same bytes for the same seed, and no two sectors alike. */
import { createHash } from 'node:crypto';

export interface TestImage {
  name: string;
  mimeType: string;
  buffer: Buffer;
  sha256: string;
}

export function bytes(length: number, seed: number): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4));
  let x = (seed * 2654435761) >>> 0 || 1;
  for (let i = 0; i < words.length; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    words[i] = x >>> 0;
  }
  return Buffer.from(words.buffer, 0, length);
}

export const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');

export function image(sectors: number, seed = 1): TestImage {
  return file(sectors * 2048, seed);
}

/** Of any length, for images that must be refused. */
export function file(length: number, seed = 1): TestImage {
  const buffer = bytes(length, seed);
  return { name: `test-${seed}.iso`, mimeType: 'application/octet-stream', buffer, sha256: sha256(buffer) };
}
