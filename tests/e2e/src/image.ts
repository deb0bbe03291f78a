/** Images for the tests, as files: the same bytes for the same seed, and no two sectors alike. */
import { createHash } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder';

export interface TestImage {
  path: string;
  length: number;
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

export const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

let place: string | undefined;

/** Of any length, for images that must be refused. */
export function file(length: number, seed = 1): TestImage {
  place ??= folder();
  const data = bytes(length, seed);
  const path = join(place, `test-${seed}-${length}.iso`);
  writeFileSync(path, data);
  return { path, length, sha256: sha256(data) };
}

/** Zeros that take no room on this computer: for burns that are not meant to end. */
export function sparse(sectors: number): string {
  place ??= folder();
  const path = join(place, `sparse-${sectors}.iso`);
  writeFileSync(path, '');
  truncateSync(path, sectors * 2048);
  return path;
}

export function image(sectors: number, seed = 1): TestImage {
  return file(sectors * 2048, seed);
}
