/** CDs beyond data: which files make one, and what it is to hold. */

/** A track made of an audio file, as the person wants it. */
export interface CdTrackWish {
  /** Stays with the track wherever it is moved. */
  id: number;
  file: File;
  /** Sectors of silence before it; the first track of a disc has two seconds whatever this says. */
  gap: number;
  /** `null`: as the file says. */
  title: string | null;
  performer: string | null;
}

/** Audio files as tracks, and what the disc is called. */
export interface AudioWish {
  tracks: CdTrackWish[];
  /** `null`: as the files say. */
  title: string | null;
  performer: string | null;
}

/** Files that are a disc together: an image with its side files, or audio files. */
export interface CdSource {
  /** Another number for other files: they are opened anew. */
  set: number;
  files: File[];
  /** The file that describes the disc; `null`: they are audio files. */
  main: string | null;
  audio: AudioWish | null;
  /** With CD-Text. */
  texts: boolean;
  /** Main channel and sub-channel, sector by sector. */
  raw: boolean;
}

export interface CdTrack {
  /** From 1. */
  session: number;
  number: number;
  /** Of the wish that it is made of; `null` in an image. */
  id: number | null;
  audio: boolean;
  start: number;
  /** `null`: its file is no track. */
  sectors: number | null;
  pregap: number;
  isrc: string | null;
  /** As the file says. */
  title: string | null;
  performer: string | null;
  notes: string[];
  /** Why its file is no track. */
  fault: string | null;
}

/** A text that is left out of the CD-Text. */
export interface LeftOut {
  /** 0: the disc. */
  track: number;
  what: 'title' | 'performer' | 'other';
  text: string;
  /** What its character set lacks. */
  character: string;
}

export interface CdDescription {
  sessions: number;
  /** It holds graphics or text in the sub-channel (R to W). */
  graphics: boolean;
  leadOut: number;
  mcn: string | null;
  title: string | null;
  performer: string | null;
  tracks: CdTrack[];
  notes: string[];
  leftOut: LeftOut[];
}

/** What comparing with what was sent found. */
export interface CdCompared {
  compared: 'equal' | 'different' | 'unreadable' | 'stopped';
  first: number | null;
  different: number;
}

/** A track, compared. */
export interface CdTrackResult extends CdCompared {
  session: number;
  number: number;
  audio: boolean;
  offset: number;
  uncorrected: number;
  /** The channels R to W beside it; `null` where none were sent or read. */
  rToW: CdCompared | null;
}

/** A raw burn, compared. */
export interface CdRawResult {
  sectors: number;
  main: CdCompared;
  q: CdCompared;
  rToW: CdCompared;
  offset: number;
  /** Frames of the sub-channel that came back with noise: that says nothing about what was written. */
  noise: number;
  uncorrected: number;
}

/** How a CD is written. */
export interface CdWay {
  sessions: number;
  /** One past the last address of the last session. */
  end: number;
  raw: boolean;
  /** What becomes of graphics and text in the sub-channel. */
  graphics: 'none' | 'written' | 'raw' | 'raw-for-them' | 'left-out';
}

/** What describes a disc, the one that tells most first. */
const SHEETS = /\.(cue|toc|ccd|mds|nrg|chd)$/i;
/** What lies beside such a file, and tells nothing alone. */
const BESIDE = /\.(bin|img|sub|mdf|mdx|raw)$/i;
const AUDIO = /\.(wav|wave|flac|mp3|aif|aiff|aifc|ogg|oga|m4a|aac)$/i;
/** Two seconds, as the standard has it. */
export const GAP = 150;

let numbers = 0;
const next = () => (numbers += 1);

/** Audio files in the order of their names, numbers as a person counts. */
export const audioOf = (files: readonly File[]) =>
  files.filter((file) => AUDIO.test(file.name)).toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));

/** Tracks made of audio files. */
export const tracksOf = (files: readonly File[], gap = GAP): CdTrackWish[] =>
  audioOf(files).map((file) => ({ id: next(), file, gap, title: null, performer: null }));

/** The same source with other files. */
export const withFiles = (source: CdSource, files: File[]): CdSource => ({ ...source, set: next(), files });

/** The disc that these files make; `null`: they are no such disc. */
export function cdOf(files: readonly File[]): CdSource | null {
  const sheet = files.find((file) => SHEETS.test(file.name));
  // Plain sectors of 2048 bytes are burnt as they are; anything else is a disc of its own.
  const raw = files.find((file) => BESIDE.test(file.name) && (file.size % 2048 !== 0 || files.length > 1));
  const main = sheet ?? raw;
  if (main !== undefined) return { set: next(), files: [...files], main: main.name, audio: null, texts: true, raw: false };
  const tracks = tracksOf(files);
  if (tracks.length === 0) return null;
  return { set: next(), files: tracks.map(({ file }) => file), main: null, audio: { tracks, title: null, performer: null }, texts: true, raw: false };
}

/** Files that could complete an image which names others: nothing among them describes a disc itself. */
export const canComplete = (files: readonly File[]) => files.length > 0 && !files.some((file) => SHEETS.test(file.name));
