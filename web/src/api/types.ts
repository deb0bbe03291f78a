/** What crosses the border between the page and the engine. Plain data; sizes in sectors unless a name says otherwise. */
import type { CdRawResult, CdTrackResult, CdWay } from './cds';

/** One way to a drive, as the combobox "Drive" lists it. */
export interface DriveChoice {
  /** 'page-sim', 'bridge:<id>' or 'usb:<n>'. Opaque elsewhere. */
  id: string;
  via: 'page-sim' | 'bridge' | 'usb';
  vendor: string;
  product: string;
  revision: string;
  simulated: boolean;
  /** Who holds it, if somebody does. */
  heldBy?: string;
}

/** A disc that can be laid into a simulated drive. */
export interface SimMedium {
  /** 'none', 'cd-r', 'dvd+rw', …; with ':recorded' for a pre-recorded one. */
  id: string;
  /** 'CD-R, blank', 'DVD+RW, with data'. */
  label: string;
}

export interface SessionInfo {
  number: number;
  firstTrack: number;
  lastTrack: number;
  start: number;
  /** Exclusive end. */
  end: number;
  open: boolean;
}

export interface TrackInfo {
  number: number;
  session: number;
  start: number;
  sectors: number;
  kind: 'data' | 'audio' | 'unknown';
  blank: boolean;
  nextWritable: number | null;
  lastRecorded: number | null;
  freeSectors: number;
}

export interface SpeedInfo {
  /** Sectors per second. */
  sectorsPerSecond: number;
  /** As printed on discs: 8 for 8×. */
  times: number;
  pureCav: boolean;
}

/** One field of the state query: its IMAPI2 name and its value in words. */
export interface StateField {
  name: string;
  value: string;
  /** For names of codes: 'IMAPI_FORMAT2_DATA_MEDIA_STATE_BLANK | …'. */
  detail?: string;
}

/** All that is known about the disc in the drive. */
export interface MediumState {
  present: boolean;
  /** 'CD-R', 'BD-RE', …; '' when there is none. */
  typeName: string;
  family: 'cd' | 'dvd' | 'bd' | 'other';
  layers: number;
  status: 'none' | 'blank' | 'appendable' | 'complete' | 'overwritable' | 'unformatted' | 'damaged' | 'unsupported';
  writable: boolean;
  /** Can be erased or overwritten. */
  rewritable: boolean;
  writeProtected: boolean;
  totalSectors: number;
  freeSectors: number;
  nextWritableAddress: number | null;
  lastWrittenAddress: number | null;
  writeUnit: number;
  sessions: SessionInfo[];
  tracks: TrackInfo[];
  speeds: SpeedInfo[];
  manufacturerId: string | null;
  /** By the look of its first and last two megabytes (MediaHeuristicallyBlank), or because nothing was ever written. */
  seemsBlank: boolean;
  /** What lies on it can be replaced by a burn: it is rewritable, or formatted for pseudo-overwrite. */
  replaceable: boolean;
  /** DVD+RW: the drive formats it by itself, or was stopped while it did. */
  backgroundFormat: 'none' | 'running' | 'stopped';
  /** Every erase and format that this drive does with this disc. */
  changes: ChangeOffer[];
  /** Every field of the state query, by IMAPI2 name, in the order to show. */
  fields: StateField[];
}

/** What a disc is formatted for. */
export type FormatGoal = 'sequential' | 'restricted' | 'background' | 'resume' | 'stop' | 'spare' | 'pow' | 'rrm';

/** How much is set aside for bad places: a word for what the drive offers, or sectors in whole clusters of 32. */
export type Spare = 'usual' | 'none' | 'least' | 'most' | number;

/** Something done to the disc that writes no image. `full`: all of the disc, not only what describes it. */
export type Change = { kind: 'erase'; full: boolean } | { kind: 'format'; goal: FormatGoal; spare: Spare; full: boolean };

/** A change that can be made. */
export interface ChangeOffer {
  change: Change;
  /** Sectors that the disc has afterwards, null where that is not part of it. */
  sectors: number | null;
  /** Expected seconds, null where nobody knows. */
  seconds: number | null;
}

/** How a change ended. A change that was stopped leaves a disc that can be used. */
export interface ChangeResult {
  outcome: 'done' | 'stopped';
  /** The disc afterwards, asked anew. */
  medium: MediumState;
}

export interface BurnOptions {
  verify: boolean;
  /** Sectors per second, null for the fastest. */
  speed: number | null;
  /** Close the disc for good (ForceMediaToBeClosed). */
  close: boolean;
  /** Overwrite a rewritable that holds data (ForceOverwrite). */
  overwrite: boolean;
}

/** One step of the plan: a key into texts and its figures. */
export interface PlanStep {
  /** 'format', 'speed', 'calibrate', 'write', 'flush', 'close-track', 'close-session', 'close-disc', 'stop-format', 'reload', 'verify', … */
  code: string;
  args: Record<string, string | number | boolean>;
  /** Expected seconds, null where nobody knows. */
  seconds: number | null;
  /** Of a CD beyond data: the session, from 1; null for what is done for all of several. */
  session?: number | null;
}

/** What a stop would mean for this disc. */
export interface IfStopped {
  /** 'disc-reusable' | 'disc-appendable' | 'disc-spent' | … a key into texts. */
  code: string;
  args: Record<string, string | number | boolean>;
}

export interface BurnPlan {
  steps: PlanStep[];
  ifStopped: IfStopped;
  startAddress: number;
  sectors: number;
  seconds: number;
  /** The disc will be closed for good. */
  closes: boolean;
  /** Of a CD beyond data. */
  cd?: CdWay;
}

export type Phase = 'prepare' | 'calibrate' | 'write' | 'close' | 'verify';

export type BurnEvent =
  | { type: 'phase'; phase: Phase }
  | {
      type: 'progress';
      phase: Phase;
      /** 0..1, or null where there is no percentage. */
      fraction: number | null;
      sectorsDone: number;
      sectorsTotal: number;
      bytesPerSecond: number;
      /** 8.1 for 8.1×. */
      times: number;
      secondsElapsed: number;
      secondsLeft: number | null;
      hostBuffer: { used: number; total: number };
      /** null where the drive does not tell. */
      driveBuffer: { used: number; total: number } | null;
      address: number;
    }
  | { type: 'note'; code: string; args: Record<string, string | number | boolean> };

/** How a burn ended. Exactly one a burn. */
export interface BurnResult {
  outcome: 'verified' | 'written' | 'stopped';
  startAddress: number;
  sectors: number;
  /** Hex, of the bytes sent; null when stopped. */
  sha256: string | null;
  sha256ReadBack: string | null;
  averageTimes: number;
  averageBytesPerSecond: number;
  seconds: number;
  closed: boolean;
  /** Of a CD beyond data: each track compared. */
  tracks?: CdTrackResult[];
  /** Of a CD beyond data: how each session that was begun ended. */
  sessions?: BurnResult['outcome'][];
  /** Of a CD that was written raw; null when it was not compared. */
  raw?: CdRawResult | null;
  /** HRESULT of a success: S_OK or one of the S_IMAPI_… codes. */
  hresult: number;
  /** The disc afterwards, asked anew. */
  medium: MediumState;
}

/** Every failure that reaches the page. texts[code] is its sentence. */
export interface BurnFailure {
  code: string;
  args: Record<string, string | number | boolean>;
  hresult: number;
  hresultName: string;
  /** For the fold-out, in English. */
  message: string;
  /** Hex bytes. */
  sense?: string;
  /** '3/0C/00 WRITE ERROR'. */
  senseText?: string;
  /** 'WRITE(10)'. */
  command?: string;
  lba?: number;
  /** Was anything sent to the disc before it failed? */
  refusedBeforeWriting: boolean;
  /** The disc afterwards, asked anew; null when it could not be asked. */
  medium: MediumState | null;
}
