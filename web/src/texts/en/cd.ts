/** CDs beyond data: the tracks, the plan, the verdict. */
import type { CdTrack, CdTrackResult } from '../../api/cds';
import { integer } from '../format';

/** 75 sectors a second. */
function time(sectors: number): string {
  const seconds = Math.round(sectors / 75);
  return `${integer(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

function compared(track: CdTrackResult): string {
  switch (track.compared) {
    case 'equal':
      return 'as sent';
    case 'different':
      return `${integer(track.different)} sectors differ, the first at ${integer(track.first ?? 0)}`;
    case 'unreadable':
      return `cannot be read at ${integer(track.first ?? 0)}`;
    case 'stopped':
      return 'not compared';
  }
}

export const cd = {
  region: 'Audio CD',
  track: 'Track',
  name: 'Title',
  gap: 'Gap',
  length: 'Length',
  time,
  named: ({ title, performer, audio }: CdTrack) => [performer, title ?? (audio ? 'Audio' : 'Data')].filter((word) => word !== null).join(' – '),
  brief: (tracks: number, sectors: number) => `${integer(tracks)} ${tracks === 1 ? 'track' : 'tracks'} · ${time(sectors)}`,
  total: (sectors: number) => `${time(sectors)} in all.`,
  room: (need: number, room: number) => `${time(need)} of the disc’s ${time(room)}.`,
  fits: (need: number, room: number) => `It fits: ${time(need)} of ${time(room)}.`,
  looking: 'Looking at the files…',
  done: 'Done. The tracks are on the disc.',
  all: 'Every track was read back as sent.',
  some: 'Not every track was read back as sent.',
  notCompared: 'They were not read back.',
  result: (track: CdTrackResult) => `Track ${integer(track.number)}: ${compared(track)}.`,
} as const;
