/**
 * The person's file, read ahead into a few buffers that are used over and over.
 *
 * A byte stream fills memory that is ours, where `arrayBuffer()` gives new memory for each slice, which piles up until the
 * collector comes: 145 MiB instead of 6 for the same file, and slower (measured in Chromium 156).
 */

const BUFFER = 1024 * 1024;
const BUFFERS = 4;
/** How far one stream goes. Chrome looks at a file's size and time of change when a stream begins, so one must begin now and then. */
const SPAN = 16 * 1024 * 1024;

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

type Bytes = Uint8Array<ArrayBuffer>;

interface Filled {
  offset: number;
  bytes: Bytes;
}

/** Called from Rust (`FileSource`). */
export class ImageFile {
  readonly size: number;
  readonly #file: File;
  readonly #spare: ArrayBuffer[] = [];
  #made = 0;
  /** Read and not gone past, in order. */
  #queue: Filled[] = [];
  /** Where the next buffer begins. */
  #next = 0;
  #stream: Stream | undefined;
  #filling = false;
  /** Another place was asked for meanwhile: what is being filled is of no use. */
  #turn = 0;
  #failure: unknown;
  #news: (() => void) | undefined;

  constructor(file: File) {
    this.size = file.size;
    this.#file = file;
  }

  /** Bytes from `offset` on: at most `length`, at least one. They are good until the next call. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    for (;;) {
      let head = this.#queue[0];
      while (head !== undefined && head.offset + head.bytes.length <= offset) {
        this.#spare.push(head.bytes.buffer);
        this.#queue.shift();
        head = this.#queue[0];
      }
      if (head !== undefined && head.offset <= offset) {
        void this.#fill();
        return head.bytes.subarray(offset - head.offset, offset - head.offset + length);
      }
      if (head !== undefined || offset !== this.#next) this.#goTo(offset);
      if (this.#failure !== undefined) throw this.#failure;
      if (offset >= this.size) throw new FileError('shrank', `nothing at ${offset} of ${this.size} bytes`);
      await new Promise<void>((resolve) => {
        this.#news = resolve;
        void this.#fill();
      });
    }
  }

  /** Chrome remembers size and time of change and refuses to read a file that has another now. */
  async checkUnchanged(): Promise<void> {
    const start = Math.max(this.size - 1, 0);
    let last: ArrayBuffer;
    try {
      last = await this.#file.slice(start, this.size).arrayBuffer();
    } catch (thrown) {
      throw fileError(thrown);
    }
    if (last.byteLength < this.size - start) throw new FileError('shrank', `no byte at ${start}`);
  }

  /** Lets go of everything that was read and not used. */
  drop(): void {
    this.#goTo(this.size);
    this.#spare.length = 0;
  }

  #goTo(offset: number): void {
    this.#turn += 1;
    for (const { bytes } of this.#queue) this.#spare.push(bytes.buffer);
    this.#queue = [];
    this.#next = offset;
    this.#failure = undefined;
    this.#stream?.end();
    this.#stream = undefined;
  }

  /** Fills what buffers there are, one after the other. Tells its failure to whoever reads next. */
  async #fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    try {
      while (this.#next < this.size && this.#failure === undefined) {
        const buffer = this.#buffer();
        if (buffer === undefined) break;
        const turn = this.#turn;
        try {
          this.#stream ??= new Stream(this.#file, this.#next, Math.min(this.#next + SPAN, this.size));
          const stream = this.#stream;
          const bytes = await stream.fill(buffer);
          if (turn !== this.#turn) {
            this.#spare.push(bytes.buffer);
            continue;
          }
          this.#queue.push({ offset: this.#next, bytes });
          this.#next += bytes.length;
          if (stream.ended) this.#stream = undefined;
        } catch (thrown) {
          // The buffer went with the stream.
          this.#made -= 1;
          if (turn === this.#turn) this.#failure = thrown;
        }
        this.#news?.();
        this.#news = undefined;
      }
    } finally {
      this.#filling = false;
    }
  }

  #buffer(): ArrayBuffer | undefined {
    const spare = this.#spare.pop();
    if (spare !== undefined || this.#made === BUFFERS) return spare;
    this.#made += 1;
    return new ArrayBuffer(BUFFER);
  }
}

/** A stretch of the file. */
class Stream {
  readonly #reader: ReadableStreamBYOBReader | undefined;
  readonly #file: File;
  #at: number;
  readonly #end: number;

  constructor(file: File, start: number, end: number) {
    this.#file = file;
    this.#at = start;
    this.#end = end;
    this.#reader = byteReader(file.slice(start, end));
  }

  get ended(): boolean {
    return this.#at === this.#end;
  }

  /** Fills `buffer`, or as much of it as is left; the buffer itself comes back behind the bytes. */
  async fill(buffer: ArrayBuffer): Promise<Bytes> {
    const wanted = Math.min(buffer.byteLength, this.#end - this.#at);
    let memory = buffer;
    let filled = 0;
    try {
      if (this.#reader === undefined) {
        const copied = new Uint8Array(await this.#file.slice(this.#at, this.#at + wanted).arrayBuffer());
        new Uint8Array(memory).set(copied);
        filled = copied.length;
      }
      while (this.#reader !== undefined && filled < wanted) {
        const { value, done } = await this.#reader.read(new Uint8Array(memory, filled, wanted - filled), {
          min: wanted - filled,
        });
        if (value === undefined) break;
        memory = value.buffer;
        filled += value.length;
        if (done) break;
      }
    } catch (thrown) {
      throw fileError(thrown);
    }
    if (filled < wanted) throw new FileError('shrank', `${filled} of ${wanted} bytes at ${this.#at}`);
    this.#at += filled;
    if (this.ended) this.end();
    return new Uint8Array(memory, 0, filled);
  }

  end(): void {
    // It is of no more use, whatever it has to say.
    this.#reader?.cancel().catch(() => undefined);
  }
}

/** Browsers whose files are no byte streams go without. */
function byteReader(blob: Blob): ReadableStreamBYOBReader | undefined {
  try {
    return blob.stream().getReader({ mode: 'byob' });
  } catch {
    return undefined;
  }
}

function fileError(thrown: unknown): FileError {
  const name = thrown instanceof DOMException ? thrown.name : '';
  // NotReadableError is Chrome's word for a file whose size or time of change is not what it was.
  return new FileError(name === 'NotReadableError' ? 'changed' : 'unreadable', String(thrown));
}
