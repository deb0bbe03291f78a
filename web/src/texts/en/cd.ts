/** CDs beyond data: the tracks, the plan, the verdict. */
import type { CdCompared, CdDescription, CdRawResult, CdSource, CdTrack, CdTrackResult, CdWay, LeftOut } from '../../api/cds';
import { cdTime, integer } from '../format';

const tracks = (n: number) => `${integer(n)} ${n === 1 ? 'track' : 'tracks'}`;

const differ = (n: number) => `${integer(n)} ${n === 1 ? 'sector differs' : 'sectors differ'}`;

function compared(part: CdCompared, offset = 0): string {
  switch (part.compared) {
    case 'equal':
      return offset === 0 ? 'as sent' : `as sent, ${integer(Math.abs(offset))} samples aside as drives do`;
    case 'different':
      return `${differ(part.different)}, the first at ${integer(part.first ?? 0)}`;
    case 'unreadable':
      return `cannot be read at ${integer(part.first ?? 0)}`;
    case 'stopped':
      return 'not compared to its end';
  }
}

const GRAPHICS = 'The image holds graphics or text in the sub-channel (CD+G)';
const graphics: Record<CdWay['graphics'], string> = {
  none: '',
  written: `${GRAPHICS}. They are written beside the sound.`,
  raw: `${GRAPHICS}. They are written, too.`,
  'raw-for-them': `${GRAPHICS}, which this drive writes only raw. So the disc is written raw.`,
  'left-out': `${GRAPHICS}, which this drive cannot write. They are left out.`,
};

function way({ sessions, raw }: CdWay): string {
  if (raw) return 'All of it is written raw in one go, from lead-in to lead-out, with its sub-channel; nothing can be added later.';
  if (sessions > 1) return `The ${integer(sessions)} sessions are written one after the other, each in one go (session at once); nothing can be added later.`;
  return 'The whole session is written in one go (session at once); nothing can be added later.';
}

/** The sessions before this one, as a subject. */
const before = (session: number) => (session === 2 ? 'Session 1 is' : `Sessions 1 to ${integer(session - 1)} are`);

/** The channels of a raw burn. */
const CHANNELS = { main: 'Main channel', q: 'Sub-channel Q (times and codes)', rToW: 'Sub-channels R to W (graphics and text)' } as const;

function noise({ noise: frames }: CdRawResult): string {
  if (frames === 0) return '';
  const what = frames === 1 ? '1 frame of the sub-channel came back with noise' : `${integer(frames)} frames of the sub-channel came back with noise`;
  return `${what}. That is the way of the channel, and says nothing about what was written.`;
}

/** Seconds of a pause: "2 s", "0.5 s". */
const seconds = (sectors: number) => `${(sectors / 75).toFixed(2).replace(/\.?0+$/, '')}\u00a0s`;

function leftOut({ track, what, text, character }: LeftOut): string {
  const whose = track === 0 ? 'the album' : `track ${integer(track)}`;
  const which = what === 'title' ? 'The title' : what === 'performer' ? 'The artist' : 'A name';
  return `${which} of ${whose}, “${text}”, is left out of the CD-Text, which has Western European letters only and no “${character}”. The music is not affected.`;
}

/** The pauses of a disc in one sentence. Each session begins with two seconds. */
function pauses({ tracks: all, sessions }: CdDescription): string {
  const [first, ...others] = all.filter(({ session }, i) => session === all[i - 1]?.session).map(({ pregap }) => pregap);
  if (first === undefined && sessions > 1) return 'Two seconds before the track of each session, as on every CD.';
  if (first === undefined) return 'Two seconds of silence before the track, as on every CD.';
  if (others.some((gap) => gap !== first)) return 'Pauses between the tracks as listed.';
  return first === 0 ? 'No pauses: each track begins where the one before ends.' : `${seconds(first)} of silence before each track.`;
}

const textParts = (n: number) => (n === 1 ? '1 text left out' : `${integer(n)} texts left out`);

/** `left`: texts that CD-Text cannot have. */
function cdTextLess(source: CdSource, told: CdDescription, left: number): string {
  return left === 0 ? cdText(source, told) : `${cdText(source, told)} ${textParts(left)}.`;
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
  brief: (n: number, length: number, sessions = 1) => `${tracks(n)}${sessions > 1 ? ` in ${integer(sessions)} sessions` : ''} · ${cdTime(length)}`,
  looking: 'Looking at the files…',
  readable: 'The files can be read.',
  unchanged: 'They are the files that you chose; a change while they are burnt is noticed.',
  fits: (need: number, room: number) => `It fits: ${cdTime(need)} of ${cdTime(room)}.`,
  tracks: (n: number, length: number, sessions = 1) =>
    sessions > 1 ? `${tracks(n)} in ${integer(sessions)} sessions, ${cdTime(length)} with what drives write between sessions.` : `${tracks(n)}, ${cdTime(length)} in all.`,
  way,
  graphics: (kind: CdWay['graphics']) => graphics[kind],
  pauses,
  cdText: cdTextLess,
  session: (n: number) => `Session ${integer(n)}`,
  /** The choice of writing raw. */
  raw: 'Write raw with sub-channels',
  rawSay: 'For karaoke discs (CD+G) and for exact copies such as CCD: what lies beside the sound and the data goes onto the disc sector by sector, and is compared. Not every drive can do it, and an ordinary disc gains nothing.',
  rawSessions: (n: number) => `An image of one session only: this one has ${integer(n)}, and no drive writes more than one raw.`,
  /** What a stop or a failure in a later session leaves. */
  whole: (session: number) => `${before(session)} finished on the disc and can be read.`,
  unfinished: (session: number) => `Session ${integer(session)} is unfinished.`,
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
  textParts,
  /** The verdict. */
  done: 'Done. The tracks are on the disc.',
  doneBad: 'Burnt, but not every track reads back as it was sent.',
  badNow: 'Play the disc on another drive, or burn it again: on another disc, or more slowly.',
  all: 'Every track was read back as sent.',
  some: 'Not every track was read back as sent.',
  notCompared: 'They were not read back.',
  result: (track: CdTrackResult) =>
    `Track ${integer(track.number)}: ${compared(track, track.offset)}${track.rToW === null || track.rToW.compared === 'equal' ? '' : `; its graphics or text (R to W): ${compared(track.rToW)}`}.`,
  /** The verdict of a raw burn. */
  doneRaw: 'Done. The disc is written raw, with its sub-channel.',
  doneRawBad: 'Burnt, but not all of it reads back as it was sent.',
  allRaw: (raw: CdRawResult) => `Main channel and sub-channel of ${cdTime(raw.sectors)} were read back as sent.`,
  someRaw: 'Not all of it was read back.',
  channel: (raw: CdRawResult, which: keyof typeof CHANNELS) => `${CHANNELS[which]}: ${compared(raw[which], which === 'main' ? raw.offset : 0)}.`,
  noise,
  uncorrectedRaw: (n: number) => `The drive could not correct everything in ${integer(n)} ${n === 1 ? 'sector' : 'sectors'}.`,
  uncorrected: (track: CdTrackResult) => `Track ${integer(track.number)}: the drive could not correct everything in ${integer(track.uncorrected)} sectors.`,
  recordTracks: 'Tracks',
  inSessions: (n: number) => `in ${integer(n)} sessions`,
} as const;
