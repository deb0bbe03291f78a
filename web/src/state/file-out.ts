/** Files being written: in a folder that the person chose, or as Blobs that become downloads. */

/** A file being written. Calls come one after another. */
export interface FileOut {
  /** Behind what came before, or over it at a place. */
  write(bytes: Uint8Array<ArrayBuffer>, at: number | null): Promise<void>;
  /** It is whole. */
  close(): Promise<void>;
  /** It will not be. */
  abort(): Promise<void>;
}

export interface Folder {
  create(name: string): Promise<FileOut>;
}

const TYPE = 'application/octet-stream';
/** Pieces of 4 MiB until the browser may put them on disk. */
const PIECES = 8;

/** A download for each file, once it is whole. */
export function downloads(save: (blob: Blob, name: string) => void): Folder {
  return {
    create: async (name) => {
      let blob = new Blob([], { type: TYPE });
      let pieces: Uint8Array<ArrayBuffer>[] = [];
      const gather = () => {
        blob = new Blob([blob, ...pieces], { type: TYPE });
        pieces = [];
      };
      return {
        async write(bytes, at) {
          if (at === null) {
            pieces.push(bytes);
            if (pieces.length === PIECES) gather();
            return;
          }
          gather();
          blob = new Blob([blob.slice(0, at), bytes, blob.slice(at + bytes.length)], { type: TYPE });
        },
        async close() {
          gather();
          save(blob, name);
        },
        async abort() {
          pieces = [];
          blob = new Blob();
        },
      };
    },
  };
}

/** Files straight into a folder; a new one in `parent`, so that nothing there is written over. */
export async function folderIn(parent: FileSystemDirectoryHandle, name: string): Promise<Folder> {
  const handle = await parent.getDirectoryHandle(await freeName(parent, name), { create: true });
  return {
    create: async (file) => {
      const made = await handle.getFileHandle(file, { create: true });
      const stream = await made.createWritable();
      return {
        write: (bytes, at) => stream.write(at === null ? bytes : { type: 'write', position: at, data: bytes }),
        close: () => stream.close(),
        abort: async () => {
          await stream.abort();
          // Not closed, it is an empty file.
          await handle.removeEntry(file).catch(() => undefined);
        },
      };
    },
  };
}

async function freeName(parent: FileSystemDirectoryHandle, name: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const wanted = count === 1 ? name : `${name} (${count})`;
    try {
      await parent.getDirectoryHandle(wanted);
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return wanted;
      // A file has the name.
      if (!(thrown instanceof DOMException && thrown.name === 'TypeMismatchError')) throw thrown;
    }
  }
}
