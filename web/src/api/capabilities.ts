import type { Capabilities } from './engine';

/** Asks for each feature by using its name, never by the browser's. */
export function probe(scope: typeof globalThis = globalThis): Capabilities {
  const navigator = scope.navigator as (Navigator & { wakeLock?: unknown; locks?: unknown }) | undefined;
  return {
    wasm: typeof scope.WebAssembly === 'object' && typeof scope.WebAssembly.instantiate === 'function',
    workers: typeof scope.Worker === 'function',
    secure: scope.isSecureContext === true,
    webUsb: navigator !== undefined && 'usb' in navigator,
    webLocks: navigator !== undefined && 'locks' in navigator,
    wakeLock: navigator !== undefined && 'wakeLock' in navigator,
    savePicker: 'showSaveFilePicker' in scope,
  };
}
