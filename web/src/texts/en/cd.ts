/** CDs beyond data: the tracks, the plan, the verdict. */
import type { CdDescription, CdSource, CdTrack, CdTrackResult, LeftOut } from '../../api/cds';
import { cdTime, integer } from '../format';

const tracks = (n: number) => `${integer(n)} ${n === 1 ? 'track' : 'tracks'}`;

function compared(track: CdTrackResult): string {
  switch (track.compared) {
    case 'equal':
      return track.offset === 0 ? 'as sent' : `as sent, ${integer(Math.abs(track.offset))} samples aside as drives do`;
    case 'different':
      return `${integer(track.different)} sectors differ, the first at ${integer(track.first ?? 0)}`;
    case 'unreadable':
      return `cannot be read at ${integer(track.first ?? 0)}`;
    case 'stopped':
      return 'not compared to its end';
  }
}

/** Seconds of a pause: "2 s", "0.5 s". */
const seconds = (sectors: number) => `${(sectors / 75).toFixed(2).replace(/\.?0+$/, '')}\u00a0s`;

function leftOut({ track, what, text, character }: LeftOut): string {
  const whose = track === 0 ? 'the album' : `track ${integer(track)}`;
  const which = what === 'title' ? 'The title' : what === 'performer' ? 'The artist' : 'A name';
  return `${which} of ${whose}, “${text}”, is left out of the CD-Text, which has Western European letters only and no “${character}”. The music is not affected.`;
}

/** The pauses of a disc in one sentence. */
function pauses(all: readonly number[]): string {
  const [first] = all;
  if (first === undefined) return 'Two seconds of silence before the track, as on every CD.';
  if (all.some((gap) => gap !== first)) return 'Pauses between the tracks as listed.';
  return first === 0 ? 'No pauses: each track begins where the one before ends.' : `${seconds(first)} of silence before each track.`;
}

function cdText(source: CdSource, told: CdDescription): string {
  if (!source.texts) return 'No CD-Text: players show track numbers only.';
  const named = told.tracks.filter(({ title, performer }, i) => (source.audio?.tracks[i]?.title ?? title) || (source.audio?.tracks[i]?.performer ?? performer)).length;
  const disc = (source.audio?.title ?? told.title) || (source.audio?.performer ?? told.performer);
  if (named === 0 && !disc) return 'No CD-Text: there are no titles or names to write.';
  return `CD-Text with ${disc ? 'the album’s and ' : ''}${named === told.tracks.length ? 'all' : integer(named)} ${named === 1 && told.tracks.length !== 1 ? 'track’s' : 'tracks’'} titles and names, for players that show them.`;
}

export const cd = {
  region: 'Audio CD',
  /** Music may have no title. */
  disc: (name: string) => (name === '' ? 'Audio CD' : name),
  regionImage: 'Tracks of the image',
  track: 'Track',
  name: 'Title',
  gap: 'Gap',
  length: 'Length',
  time: cdTime,
  named: ({ title, performer, audio }: CdTrack) => [performer, title ?? (audio ? 'Audio' : 'Data')].filter((word) => word !== null).join(' – '),
  brief: (n: number, sectors: number) => `${tracks(n)} · ${cdTime(sectors)}`,
  looking: 'Looking at the files…',
  readable: 'The files can be read.',
  unchanged: 'They are the files that you chose; a change while they are burnt is noticed.',
  fits: (need: number, room: number) => `It fits: ${cdTime(need)} of ${cdTime(room)}.`,
  tracks: (n: number, sectors: number) => `${tracks(n)}, ${cdTime(sectors)} in all.`,
  atOnce: 'The whole session is written in one go (session at once); nothing can be added later.',
  pauses,
  cdText,
  leftOut,
  /** The list of tracks. */
  album: 'Album',
  artist: 'Artist',
  texts: 'Write CD-Text',
  number: '#',
  pause: 'Pause before',
  move: 'Move',
  seconds,
  always: '2\u00a0s, always',
  titleOf: (n: number) => `Title of track ${integer(n)}`,
  artistOf: (n: number) => `Artist of track ${integer(n)}`,
  pauseOf: (n: number) => `Pause before track ${integer(n)}, in seconds`,
  up: (n: number) => `Move track ${integer(n)} up`,
  down: (n: number) => `Move track ${integer(n)} down`,
  remove: (n: number) => `Remove track ${integer(n)}`,
  drag: (n: number) => `Track ${integer(n)}. Drag to move it, or press Alt and an arrow key.`,
  movedTo: (name: string, n: number, of: number) => `${name}: now track ${integer(n)} of ${integer(of)}.`,
  removed: (name: string) => `${name}: removed.`,
  noTitle: 'No title',
  noArtist: 'No artist',
  noPauses: 'No pauses between tracks',
  list: 'Tracks',
  add: 'Add music…',
  addLabel: 'Audio files',
  choose: 'Choose music…',
  dropTitle: 'Drop music here.',
  dropSay: 'WAV, AIFF, FLAC, MP3 or Ogg: each file becomes a track of an audio CD. Titles come from the files and can be changed.',
  addMissing: 'Add the missing files…',
  addMissingLabel: 'Missing files',
  tooShort: 'shorter than four seconds',
  noTrack: (fault: string) => fault,
  /** Time on the disc. */
  capacity: 'Time on the disc',
  of: (need: number, room: number) => `${cdTime(need)} of ${cdTime(room)}`,
  inAll: (need: number) => `${cdTime(need)} in all`,
  withPauses: 'with pauses',
  left: (sectors: number) => `${cdTime(sectors)} left`,
  tooMuch: (sectors: number) => `${cdTime(sectors)} too long for this disc`,
  noCd: 'Put in a blank CD to see whether it fits.',
  textFits: 'CD-Text fits',
  textOff: 'Without CD-Text',
  textParts: (n: number) => (n === 1 ? '1 text left out' : `${integer(n)} texts left out`),
  /** The verdict. */
  done: 'Done. The tracks are on the disc.',
  doneBad: 'Burnt, but not every track reads back as it was sent.',
  badNow: 'Play the disc on another drive, or burn it again: on another disc, or more slowly.',
  all: 'Every track was read back as sent.',
  some: 'Not every track was read back as sent.',
  notCompared: 'They were not read back.',
  result: (track: CdTrackResult) => `Track ${integer(track.number)}: ${compared(track)}.`,
  uncorrected: (track: CdTrackResult) => `Track ${integer(track.number)}: the drive could not correct everything in ${integer(track.uncorrected)} sectors.`,
  recordTracks: 'Tracks',
} as const;
