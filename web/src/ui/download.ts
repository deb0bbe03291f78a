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
export async function chooseFile(name: string): Promise<WritableStream<Uint8Array<ArrayBuffer>> | null> {
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
