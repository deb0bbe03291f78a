/** The person's file, read ahead: slices of 4 MiB, several under way at once, each kept until the engine has gone past it. */

const SLICE = 4 * 1024 * 1024;
/** Slices asked for beyond the one being read. With it: 16 MiB at most. */
const AHEAD = 3;

export type FileErrorKind = 'unreadable' | 'shrank' | 'grew' | 'changed';

/** What `read` and `checkUnchanged` reject with; Rust reads `kind`. */
export class FileError extends Error {
  override readonly name = 'FileError';
  constructor(
    readonly kind: FileErrorKind,
    message: string,
  ) {
    super(message);
  }
}

/** Called from Rust (`FileSource`). */
export class ImageFile {
  readonly size: number;
  readonly #file: File;
  readonly #slices = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(file: File) {
    this.size = file.size;
    this.#file = file;
  }

  /** Bytes from `offset` on: at most `length`, at least one, up to the end of a slice. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const index = Math.floor(offset / SLICE);
    for (const known of this.#slices.keys()) if (known < index) this.#slices.delete(known);
    const last = Math.min(index + AHEAD, Math.ceil(this.size / SLICE) - 1);
    for (let ahead = index; ahead <= last; ahead += 1) this.#fetch(ahead);
    const slice = await this.#fetch(index);
    const start = offset - index * SLICE;
    return slice.subarray(start, Math.min(start + length, slice.length));
  }

  /** Chrome remembers size and time of change and refuses to read a file that has another now. */
  async checkUnchanged(): Promise<void> {
    await readSlice(this.#file, Math.max(this.size - 1, 0), this.size);
  }

  /** Lets go of everything that was read and not used. */
  drop(): void {
    this.#slices.clear();
  }

  #fetch(index: number): Promise<Uint8Array<ArrayBuffer>> {
    let slice = this.#slices.get(index);
    if (slice === undefined) {
      slice = readSlice(this.#file, index * SLICE, Math.min((index + 1) * SLICE, this.size));
      // Read ahead and perhaps never asked for: its failure is told when it is.
      slice.catch(() => undefined);
      this.#slices.set(index, slice);
    }
    return slice;
  }
}

async function readSlice(file: File, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch (thrown) {
    const name = thrown instanceof DOMException ? thrown.name : '';
    // NotReadableError is Chrome's word for a file whose size or time of change is not what it was.
    const kind = name === 'NotReadableError' ? 'changed' : 'unreadable';
    throw new FileError(kind, String(thrown));
  }
  if (bytes.length < end - start) throw new FileError('shrank', `${bytes.length} of ${end - start} bytes at ${start}`);
  return bytes;
}
