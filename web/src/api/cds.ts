/** CDs beyond data: which files make one, and what it is to hold. */

/** Files that are a disc together: an image with its side files, or audio files in the order of the tracks. */
export interface CdSource {
  /** The file that describes the disc; `null`: they are audio files. */
  main: string | null;
  files: File[];
  /** Sectors of silence between audio files. */
  gap: number;
  /** With CD-Text. */
  texts: boolean;
}

export interface CdTrack {
  number: number;
  audio: boolean;
  start: number;
  sectors: number;
  pregap: number;
  isrc: string | null;
  title: string | null;
  performer: string | null;
}

export interface CdDescription {
  sessions: number;
  leadOut: number;
  mcn: string | null;
  title: string | null;
  performer: string | null;
  tracks: CdTrack[];
  notes: string[];
}

/** A track, compared with what was sent. */
export interface CdTrackResult {
  number: number;
  audio: boolean;
  compared: 'equal' | 'different' | 'unreadable' | 'stopped';
  first: number | null;
  different: number;
  offset: number;
  uncorrected: number;
}

/** What describes a disc, the one that tells most first. */
const SHEETS = /\.(cue|toc|ccd|mds|nrg|chd)$/i;
const AUDIO = /\.(wav|wave|flac|mp3|aif|aiff|aifc|ogg|oga|m4a|aac)$/i;
/** Two seconds, as the standard has it. */
const GAP = 150;

/** The disc that these files make; `null`: they are no such disc. */
export function cdOf(files: readonly File[]): CdSource | null {
  const sheet = files.find((file) => SHEETS.test(file.name));
  const raw = files.find((file) => /\.bin$/i.test(file.name) && file.size % 2048 !== 0 && file.size % 2352 === 0);
  const main = sheet ?? raw;
  if (main !== undefined) return { main: main.name, files: [...files], gap: GAP, texts: true };
  const audio = files.filter((file) => AUDIO.test(file.name));
  if (audio.length === 0) return null;
  const ordered = audio.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  return { main: null, files: ordered, gap: GAP, texts: true };
}
