/** Tracks of an audio CD as the person arranges them. Pure. */
import type { AudioWish, CdDescription, CdSource, CdTrack, CdTrackWish } from '../api/cds';
import type { MediumState } from '../api/types';

/** A track with what is known of its file; `null` until it was looked at. */
export interface Row {
  wish: CdTrackWish;
  known: CdTrack | null;
}

export function rowsOf(audio: AudioWish, told: CdDescription | null): Row[] {
  return audio.tracks.map((wish) => ({ wish, known: told?.tracks.find(({ id }) => id === wish.id) ?? null }));
}

/** The track at another place; beyond the ends it stays at the end. */
export function moved(tracks: CdTrackWish[], id: number, to: number): CdTrackWish[] {
  const track = tracks.find((one) => one.id === id);
  if (track === undefined) return tracks;
  const others = tracks.filter((one) => one.id !== id);
  const place = Math.max(0, Math.min(others.length, to));
  return [...others.slice(0, place), track, ...others.slice(place)];
}

export function changed(tracks: CdTrackWish[], id: number, patch: Partial<Omit<CdTrackWish, 'id' | 'file'>>): CdTrackWish[] {
  return tracks.map((track) => (track.id === id ? { ...track, ...patch } : track));
}

/** The same silence before every track. */
export const gapped = (tracks: CdTrackWish[], gap: number): CdTrackWish[] => tracks.map((track) => ({ ...track, gap }));

/** Sectors until the lead-out: the pause before the first track lies before the disc's first minute. */
export function runningTime(rows: Row[]): number {
  return rows.reduce((sum, { wish, known }, i) => sum + (i === 0 ? 0 : wish.gap) + (known?.sectors ?? 0), 0);
}

/** Sectors of the whole disc, when it is a CD that can take one; else `null`. */
export function roomFor(medium: MediumState): number | null {
  return medium.present && medium.family === 'cd' && medium.totalSectors > 0 ? medium.totalSectors : null;
}

/** Shorter than the four seconds that a track has at least. */
export const tooShort = ({ known }: Row) => known?.sectors !== null && known?.sectors !== undefined && known.sectors < 300;

/** There is a title or a name to write. */
export function hasTexts({ audio }: CdSource, told: CdDescription): boolean {
  const disc = (audio?.title ?? told.title) || (audio?.performer ?? told.performer);
  return Boolean(disc) || told.tracks.some(({ title, performer }, i) => (audio?.tracks[i]?.title ?? title) || (audio?.tracks[i]?.performer ?? performer));
}
