/**
 * Small objects that a long burn leaves behind: events, promises, pieces of streams. Chromium lets them grow to 60 MiB over
 * a disc of 25 GB before it looks; here it looks once a gibibyte, written or read back.
 */
import type { BurnEvent } from '../api/types';

const SECTORS = (1024 * 1024 * 1024) / 2048;

/** Passes events on and sweeps now and then. */
export function sweeping(onEvent: (event: BurnEvent) => void): (event: BurnEvent) => void {
  let swept = 0;
  return (event) => {
    onEvent(event);
    if (event.type !== 'progress') return;
    // Reading back counts from 0 again.
    if (event.sectorsDone < swept) swept = 0;
    if (event.sectorsDone - swept < SECTORS) return;
    swept = event.sectorsDone;
    collect();
  };
}

/**
 * Has the browser look for garbage. A page has no call for this; but memory that cannot be had is refused only after a look
 * for what can be freed.
 */
function collect(): void {
  try {
    // More than Chromium gives to one buffer (2 GiB). Where it can be had, it is let go untouched. Not by `new`, which a
    // minifier takes out when nobody uses what is made.
    Reflect.construct(ArrayBuffer, [2 ** 34]);
  } catch {
    // As expected.
  }
}
