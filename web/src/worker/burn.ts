/** One burn: the file read ahead, the digests computed beside, the engine in between. */
import type { BurnEvent, BurnOptions, BurnResult } from '../api/types';
import type { DiscRecorder2 } from '../generated/webburn.js';
import type { Hasher } from './hasher';
import { ImageFile } from './image-file';
import { sweeping } from './litter';

export async function burn(
  recorder: DiscRecorder2,
  file: File,
  options: BurnOptions,
  onEvent: (event: BurnEvent) => void,
  hasher: Hasher | null,
): Promise<BurnResult> {
  const image = new ImageFile(file);
  hasher?.reset();
  try {
    return (await recorder.burn(image, options, hasher, sweeping(onEvent))) as BurnResult;
  } finally {
    image.drop();
  }
}
