/** Reading a CD into files: what lies on it, what is wished, what comes of it. */

/** A track of the disc in the drive. */
export interface CdDiscTrack {
  number: number;
  session: number;
  audio: boolean;
  start: number;
  /** Up to the next track; its pre-gap, which is found on the way, is not read. */
  sectors: number;
  title: string | null;
  performer: string | null;
}

/** What lies on the CD in the drive. */
export interface CdContents {
  sessions: number;
  title: string | null;
  performer: string | null;
  tracks: CdDiscTrack[];
  /** Of all of it, as an image holds it. */
  sectors: number;
}

/** BIN and CUE; BIN and TOC; CCD, IMG and SUB. */
export type CdImageKind = 'cue' | 'toc' | 'ccd';

/** What audio becomes. */
export type CdSoundKind = 'wav' | 'flac';

/** What is to be saved: tracks by number (audio as wished, data as ISO), or all of the disc. */
export type CdWish = { kind: 'tracks'; tracks: number[]; sound: CdSoundKind } | { kind: 'disc'; image: CdImageKind };

/** One thing that the worker reads, into files by their place in the list; about how much it gives. */
export type CdJob = { bytes: number } & (
  | { kind: 'track'; number: number; form: CdSoundKind | 'iso'; file: number }
  /** `mains`: where the sectors go, by the file's place and name; one, or one for each session. */
  | { kind: 'disc'; image: CdImageKind; mains: { file: number; name: string }[]; sub: number | null; description: number }
);

/** Comes from the worker in order: bytes of a file, behind those before or at a place; or its end. */
export type CdPart = { file: number; bytes: Uint8Array<ArrayBuffer>; at: number | null } | { file: number; bytes: null };

/** How the reading went, all files together. */
export interface CdRead {
  sectors: number;
  /** Sectors at the ends of data tracks that hold nothing and became zeros. */
  filled: number;
  /** Sectors of audio read with errors, null where the drive cannot tell. */
  uncorrected: number | null;
  firstUncorrected: number | null;
  /** Without it, pre-gaps and indices are not known. */
  subChannel: boolean;
}
