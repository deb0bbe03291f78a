/** What can be saved from a CD, the usual first. */
import type { CdContents } from '../../api/cd-reading';
import type { MediumState } from '../../api/types';

export type SaveWay = 'tracks' | 'one' | 'data' | 'disc';

/** `data` is what a computer reads: for discs without audio, over all their sessions. */
export function waysOf({ tracks }: CdContents, medium: MediumState): SaveWay[] {
  const audio = tracks.filter((track) => track.audio);
  if (audio.length === 0) return tracks.length > 1 && medium.lastWrittenAddress !== null ? ['data', 'one', 'disc'] : ['data', 'disc'];
  return tracks.length > 1 ? ['tracks', 'one', 'disc'] : ['tracks', 'disc'];
}
