import { describe, expect, it } from 'vitest';
import { ImageFile } from './image-file';

const MIB = 1024 * 1024;

function bytes(length: number): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) made[i] = (i >> 8) ^ i;
  return made;
}

/** Everything from a file, in pieces of `step`. */
async function all(image: ImageFile, step: number): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < image.size; ) {
    const piece = await image.read(at, step);
    found.push(...piece.subarray(0, 4));
    at += piece.length;
  }
  return found;
}

describe('the image file', () => {
  it('reads across the borders of its slices', async () => {
    const data = bytes(9 * MIB + 5);
    const image = new ImageFile(new File([data], 'a.iso'));
    const first = await image.read(4 * MIB - 2, 10);
    expect([...first]).toEqual([...data.subarray(4 * MIB - 2, 4 * MIB)]);
    const last = await image.read(9 * MIB, 100);
    expect([...last]).toEqual([...data.subarray(9 * MIB)]);
    await expect(all(image, 2 * MIB)).resolves.toHaveLength(4 * 5);
  });

  it('reads ahead, and no further than it must', async () => {
    const asked: number[] = [];
    const file = new File([bytes(40 * MIB)], 'a.iso');
    const slice = file.slice.bind(file);
    file.slice = (start = 0, end?: number) => {
      asked.push(start / MIB);
      return slice(start, end);
    };
    const image = new ImageFile(file);
    await image.read(0, 1);
    expect(asked).toEqual([0, 4, 8, 12]);
    await image.read(4 * MIB, 1);
    expect(asked).toEqual([0, 4, 8, 12, 16]);
  });

  it('says that a file shrank', async () => {
    const file = new File([bytes(MIB)], 'a.iso');
    Object.defineProperty(file, 'size', { value: 2 * MIB });
    await expect(new ImageFile(file).read(0, 10)).rejects.toMatchObject({ kind: 'shrank' });
  });

  it.each([
    ['NotReadableError', 'changed'],
    ['NotFoundError', 'unreadable'],
  ])('takes %s for a file that is %s', async (name, kind) => {
    const file = new File([bytes(10)], 'a.iso');
    file.slice = () => {
      const blob = new Blob();
      blob.arrayBuffer = () => Promise.reject(new DOMException('', name));
      return blob;
    };
    await expect(new ImageFile(file).read(0, 10)).rejects.toMatchObject({ kind });
    await expect(new ImageFile(file).checkUnchanged()).rejects.toMatchObject({ kind });
  });
});
