/**
 * What the page knows, and which screen follows from it. Plain data; every change goes through `reduce`.
 *
 * `stage` is the union: a screen can only be shown with the data it needs.
 */
import type { CdRead } from '../api/cd-reading';
import type { CdDescription, CdSource } from '../api/cds';
import type { Capabilities, OpenDrive, SimPace } from '../api/engine';
import type { BurnEvent, BurnFailure, BurnOptions, BurnPlan, BurnResult, Change, ChangeResult, DriveChoice, MediumState, Phase } from '../api/types';

export const PHASES: readonly Phase[] = ['prepare', 'calibrate', 'write', 'close', 'verify'];

export type Progress = Extract<BurnEvent, { type: 'progress' }>;

/** The image that was chosen. `ticket` tells a later choice of the same file from an earlier one. */
export interface Image {
  ticket: number;
  file: File;
  /** '' for a disc of audio files that has no title. */
  name: string;
  bytes: number;
  /** A CD beyond data; `told` once it was looked at. */
  cd?: { source: CdSource; told: CdDescription | null };
  /** What a first look at the file gave. */
  probe: { kind: 'reading' } | { kind: 'read'; bytesPerSecond: number | null } | { kind: 'failed'; failure: BurnFailure };
}

/** The plan for the chosen image on the disc in the drive. */
export type Planning =
  | { kind: 'none' }
  | { kind: 'making'; ticket: number }
  | { kind: 'ready'; ticket: number; plan: BurnPlan }
  | { kind: 'refused'; ticket: number; failure: BurnFailure };

/** One phase on the track. */
export interface PhaseRecord {
  phase: Phase;
  /** Expected seconds, null where nobody knows. */
  expected: number | null;
  /** Milliseconds since 1970, null while it is to come. */
  startedAt: number | null;
  endedAt: number | null;
  fraction: number | null;
}

/** One point of the speed curve. */
export interface Sample {
  /** Sectors from the start of the image. */
  sectors: number;
  times: number;
}

/** One burn, from the button to the verdict. */
export interface Job {
  image: { name: string; bytes: number; sectors: number; cd: { tracks: number; sessions: number; raw: boolean } | null };
  /** Measured before the burn; null when it was not. */
  sourceRate: number | null;
  drive: DriveChoice;
  /** The disc as it was before. */
  before: MediumState;
  plan: BurnPlan;
  options: BurnOptions;
  startedAt: number;
  endedAt: number | null;
  phases: PhaseRecord[];
  phase: Phase | null;
  progress: Progress | null;
  /** The last progress of writing, kept while later phases run. */
  written: Progress | null;
  samples: Sample[];
  notes: { at: number; code: string; args: Record<string, string | number | boolean> }[];
}

/** An erase or format that somebody is asked about, with what it would do. */
export interface Wish {
  change: Change;
  planning: Planning;
}

/** One erase or format, from the button to the verdict. */
export interface Rework {
  change: Change;
  drive: DriveChoice;
  /** The disc as it was before. */
  before: MediumState;
  plan: BurnPlan;
  startedAt: number;
  endedAt: number | null;
  phase: Phase | null;
  progress: Progress | null;
  notes: Job['notes'];
}

export type Stage =
  /** The engine is being started. */
  | { at: 'starting' }
  /** It cannot be. */
  | { at: 'broken'; failure: BurnFailure }
  /** No drive yet. */
  | { at: 'welcome' }
  | { at: 'opening'; drive: DriveChoice | null }
  /** The way to a drive is closed. */
  | { at: 'refused'; drive: DriveChoice | null; failure: BurnFailure }
  /** A drive is open: look, choose, plan. */
  | { at: 'ready'; open: OpenDrive; changing: boolean; planning: Planning; trouble: BurnFailure | null; wish: Wish | null }
  | { at: 'burning'; open: OpenDrive; job: Job; stop: 'no' | 'asked' | 'stopping' }
  | { at: 'done'; open: OpenDrive; job: Job; result: BurnResult; ejected: boolean }
  | { at: 'failed'; open: OpenDrive | null; job: Job; failure: BurnFailure; ejected: boolean }
  /** The disc is being erased or formatted. */
  | { at: 'reworking'; open: OpenDrive; rework: Rework; stop: 'no' | 'asked' | 'stopping' }
  /** It was, or was not: then `failure` says why. */
  | { at: 'reworked'; open: OpenDrive | null; rework: Rework; end: ChangeResult['outcome'] | BurnFailure; ejected: boolean };

/** The drive works on the disc: nothing else may be asked of it. */
export const isBusy = (stage: Stage) => stage.at === 'burning' || stage.at === 'reworking';

/** A verdict is shown. */
export const isOver = (stage: Stage) => stage.at === 'done' || stage.at === 'failed' || stage.at === 'reworked';

export type LogEntry = { at: number } & (
  | { kind: 'opened'; drive: DriveChoice }
  | { kind: 'closed' }
  | { kind: 'medium'; medium: MediumState }
  | { kind: 'image'; name: string; bytes: number }
  | { kind: 'burn'; name: string; drive: DriveChoice }
  | { kind: 'phase'; phase: Phase }
  | { kind: 'note'; code: string; args: Record<string, string | number | boolean> }
  | { kind: 'stop' }
  | { kind: 'rework'; change: Change; type: string; drive: DriveChoice }
  | { kind: 'reworked'; change: Change; outcome: ChangeResult['outcome'] }
  | { kind: 'result'; result: BurnResult }
  | { kind: 'failure'; failure: BurnFailure }
  | { kind: 'saved'; name: string; bytes: number; files?: number }
);

/** Files of a CD that are being saved together. */
export interface SavingFiles {
  /** The file under way, and how many are whole. */
  name: string;
  done: number;
  count: number;
}

/** Saving the disc's contents goes on beside everything but a burn. */
export type Saving =
  | { kind: 'no' }
  | { kind: 'running'; done: number; total: number; stopping?: boolean; files?: SavingFiles }
  /** `cd`: how the reading of a CD went. */
  | { kind: 'saved'; name: string; bytes: number; files?: number; cd?: CdRead }
  /** Whole files stay. */
  | { kind: 'stopped'; files: number }
  | { kind: 'failed'; failure: BurnFailure; files?: number };

/** What is to be burnt: audio files, or any image. */
export type Tab = 'audio' | 'image';

export const tabOf = (image: Image): Tab => (image.cd !== undefined && image.cd.source.audio !== null ? 'audio' : 'image');

export interface State {
  capabilities: Capabilities | null;
  drives: DriveChoice[];
  tab: Tab;
  /** What was chosen in the tab that is shown. */
  image: Image | null;
  /** What was chosen in the other. */
  aside: Image | null;
  options: BurnOptions;
  pace: SimPace;
  saving: Saving;
  log: LogEntry[];
  stage: Stage;
}

export const initial: State = {
  capabilities: null,
  drives: [],
  tab: 'image',
  image: null,
  aside: null,
  options: { verify: true, speed: null, close: false, overwrite: false },
  pace: { mode: 'times', factor: 10 },
  saving: { kind: 'no' },
  log: [],
  stage: { at: 'starting' },
};
