import { folderIn, type Folder } from '../state/file-out';
import type { Keep } from '../state/save';

/** Hands a blob to the browser's downloads. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this turn; a minute is plenty and frees the memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Asks the person for a file to write to; `null` when none was chosen. Only where the browser has the picker. */
async function chooseFile(name: string): Promise<WritableStream<Uint8Array<ArrayBuffer>> | null> {
  const { showSaveFilePicker } = window as unknown as {
    showSaveFilePicker?: (options: { suggestedName: string }) => Promise<{ createWritable: () => Promise<WritableStream<Uint8Array<ArrayBuffer>>> }>;
  };
  try {
    const handle = await showSaveFilePicker?.({ suggestedName: name });
    return handle === undefined ? null : await handle.createWritable();
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return null;
    throw thrown;
  }
}

/** Asks the person for a folder, and makes one in it; `null` when none was chosen. */
async function chooseFolder(name: string): Promise<Folder | null> {
  const { showDirectoryPicker } = window as unknown as {
    showDirectoryPicker: (options: { mode: 'readwrite'; id: string; startIn: 'music' }) => Promise<FileSystemDirectoryHandle>;
  };
  try {
    return await folderIn(await showDirectoryPicker({ mode: 'readwrite', id: 'discs', startIn: 'music' }), name);
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return null;
    throw thrown;
  }
}

/** Where this browser lets saved contents go. */
export const keep: Keep = {
  blob: download,
  file: chooseFile,
  ...('showDirectoryPicker' in window ? { folder: chooseFolder } : {}),
};
