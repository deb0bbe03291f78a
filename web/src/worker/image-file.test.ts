import { describe, expect, it } from 'vitest';
import { ImageFile } from './image-file';

const MIB = 1024 * 1024;

function bytes(length: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let i = 0; i < words.length; i += 1) words[i] = Math.imul(i, 2654435761);
  return new Uint8Array(words.buffer, 0, length);
}

/** Everything from a file, in pieces of at most `step`. */
async function all(image: ImageFile, step: number): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for (let at = 0; at < image.size; ) {
    const piece = await image.read(at, step);
    // What is given is good until the next call only.
    found.push(piece.slice());
    at += piece.length;
  }
  return Buffer.concat(found);
}

/** A file whose slices are what `make` says, and where they began. */
function sliced(data: Uint8Array<ArrayBuffer>, make: (blob: Blob) => Blob = (blob) => blob): { file: File; asked: number[] } {
  const file = new File([data], 'a.iso');
  const slice = file.slice.bind(file);
  const asked: number[] = [];
  file.slice = (start = 0, end?: number) => {
    asked.push(start);
    return make(slice(start, end));
  };
  return { file, asked };
}

describe('the image file', () => {
  it.each([2 * MIB, 1_000_003, 65_536])('reads to its end, %i bytes at most at once', async (step) => {
    const data = bytes(18 * MIB + 5);
    const got = await all(new ImageFile(new File([data], 'a.iso')), step);
    expect(got.equals(data)).toBe(true);
  });

  it('goes where it is asked to go', async () => {
    const data = bytes(9 * MIB);
    const image = new ImageFile(new File([data], 'a.iso'));
    for (const at of [7 * MIB + 3, 0, 2 * MIB, 9 * MIB - 4, 5, 6]) {
      const piece = await image.read(at, 4);
      expect([...piece]).toEqual([...data.subarray(at, at + 4)]);
    }
  });

  it('reads ahead, and no further than it must', async () => {
    const { file, asked } = sliced(bytes(40 * MIB));
    const image = new ImageFile(file);
    await image.read(0, 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).toEqual([0]);
    for (let at = 0; at < 14 * MIB; ) at += (await image.read(at, MIB)).length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    // Four buffers of 1 MiB reach beyond the first stretch of 16 MiB.
    expect(asked).toEqual([0, 16 * MIB]);
  });

  it('does without byte streams', async () => {
    const data = bytes(3 * MIB + 1);
    const { file } = sliced(data, (blob) => {
      blob.stream = () => new ReadableStream();
      return blob;
    });
    expect((await all(new ImageFile(file), 2 * MIB)).equals(data)).toBe(true);
  });

  it('says that a file shrank', async () => {
    const file = new File([bytes(MIB)], 'a.iso');
    Object.defineProperty(file, 'size', { value: 2 * MIB });
    const image = new ImageFile(file);
    await expect(all(image, MIB)).rejects.toMatchObject({ kind: 'shrank' });
  });

  it.each([
    ['NotReadableError', 'changed'],
    ['NotFoundError', 'unreadable'],
  ])('takes %s for a file that is %s', async (name, kind) => {
    const failing = (blob: Blob) => {
      blob.arrayBuffer = () => Promise.reject(new DOMException('', name));
      blob.stream = () =>
        new ReadableStream({ type: 'bytes', pull: (controller) => controller.error(new DOMException('', name)) });
      return blob;
    };
    const { file } = sliced(bytes(10), failing);
    await expect(new ImageFile(file).read(0, 10)).rejects.toMatchObject({ kind });
    await expect(new ImageFile(file).checkUnchanged()).rejects.toMatchObject({ kind });
  });

  it('lets go of what was read', async () => {
    const image = new ImageFile(new File([bytes(4 * MIB)], 'a.iso'));
    await image.read(0, 1);
    image.drop();
    expect((await image.read(MIB, 4)).length).toBe(4);
  });
});
