/** The files that a CD is saved into, and how they are called. */
import type { CdContents, CdDiscTrack, CdJob, CdWish } from '../api/cd-reading';

export interface CdFilePlan {
  /** Where several files go together: the name of a folder. */
  folder: string;
  files: string[];
  jobs: CdJob[];
  /** About what is going to be read. */
  bytes: number;
}

const MAIN = 2352;
const USER = 2048;
const SUB = 96;
/** What every system and its programs take as the name of a file. */
const MOST = 120;

/** A name that can be one of a file: without what systems keep for themselves. */
export function fileName(text: string): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/\p{Cc}/gu, '')
    .replaceAll(/\s*[:/\\|]\s*/g, ' - ')
    .replaceAll(/["*<>?]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const short = [...plain].slice(0, MOST).join('');
  return short.replace(/^\.+/, '').replace(/[. ]+$/, '');
}

/** Texts that are there, as one name; '' without any. */
function named(parts: (string | null)[]): string {
  return fileName(parts.filter((part) => part !== null && part.trim() !== '').join(' - '));
}

/** '04 Performer - Title', 'Track 04' without a title. */
export function trackName(contents: CdContents, track: CdDiscTrack): string {
  const number = String(track.number).padStart(2, '0');
  const words = track.title === null ? '' : named([track.performer ?? contents.performer, track.title]);
  return words === '' ? `Track ${number}` : `${number} ${words}`;
}

/** 'Performer - Title', 'Disc' without texts. */
export function discName(contents: CdContents): string {
  return named([contents.performer, contents.title]) || 'Disc';
}

/** Of what is read: what FLAC makes of it nobody knows before. */
function trackBytes(track: CdDiscTrack): number {
  return track.sectors * (track.audio ? MAIN : USER);
}

/** The files of a wish, and what the worker does for them. */
export function planFiles(contents: CdContents, wish: CdWish): CdFilePlan {
  const folder = discName(contents);
  if (wish.kind === 'disc') {
    const clone = wish.image === 'ccd';
    // A sheet has a file for each session.
    const sessions = wish.image === 'cue' ? contents.sessions : 1;
    const mains = Array.from({ length: sessions }, (_, n) => `${folder}${n === 0 ? '' : ` (Session ${n + 1})`}.${clone ? 'img' : 'bin'}`);
    const files = [...mains, `${folder}.${wish.image}`, ...(clone ? [`${folder}.sub`] : [])];
    const bytes = contents.sectors * (clone ? MAIN + SUB : MAIN);
    const job: CdJob = {
      kind: 'disc',
      image: wish.image,
      mains: mains.map((name, file) => ({ file, name })),
      description: sessions,
      sub: clone ? sessions + 1 : null,
      bytes,
    };
    return { folder, files, jobs: [job], bytes };
  }
  const tracks = contents.tracks.filter((track) => wish.tracks.includes(track.number));
  const form = (track: CdDiscTrack) => (track.audio ? wish.sound : 'iso');
  return {
    folder,
    files: tracks.map((track) => `${trackName(contents, track)}.${form(track)}`),
    jobs: tracks.map((track, file) => ({ kind: 'track', number: track.number, form: form(track), file, bytes: trackBytes(track) })),
    bytes: tracks.reduce((sum, track) => sum + trackBytes(track), 0),
  };
}
