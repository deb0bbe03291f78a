/**
 * The façade that state and ui talk to. No DOM, no texts: codes and figures only.
 *
 * One engine a page. It keeps one drive open at a time. Every promise of it rejects with a `BurnFailure` and with nothing
 * else. Calls for one drive run one after another in the order they were made; only `stop` jumps the queue.
 */
import type { CdContents, CdJob, CdPart, CdRead } from './cd-reading';
import type { CdDescription, CdSource } from './cds';
import type {
  BurnEvent,
  BurnFailure,
  BurnOptions,
  BurnPlan,
  BurnResult,
  Change,
  ChangeResult,
  DriveChoice,
  MediumState,
  SimMedium,
} from './types';

/** What this browser, on this page, lets us do. Asked by feature, never by name. */
export interface Capabilities {
  /** The page can run the engine at all. Without it nothing works but reading. */
  wasm: boolean;
  workers: boolean;
  /** https, localhost or 127.0.0.1. Without it there is no WebUSB, no lock, no wake lock. */
  secure: boolean;
  webUsb: boolean;
  webLocks: boolean;
  wakeLock: boolean;
  /** `showSaveFilePicker` and its like for folders: saving streams to a file and is not bounded by memory. */
  savePicker: boolean;
}

/** How fast the simulated drive in the page goes: as a real one, so many times faster, or without waiting. */
export type SimPace = { mode: 'real' } | { mode: 'times'; factor: number } | { mode: 'instant' };

/** A drive that has been opened, with what lies in it. */
export interface OpenDrive {
  drive: DriveChoice;
  /** Discs that can be laid into it; empty for a real drive. */
  media: SimMedium[];
  /** Id of the disc in it, `null` for a real drive. */
  loaded: string | null;
  medium: MediumState;
}

/** What the engine says without having been asked. */
export type EngineNotice =
  /** The list of drives changed: a bridge came or went, a USB drive was plugged in or out, somebody took or left one. */
  | { type: 'drives'; drives: DriveChoice[] }
  /** The open drive reported another disc. Never sent while a burn runs. */
  | { type: 'medium'; drive: string; medium: MediumState }
  /** The open drive is gone; `failure.code` says how. The page has no open drive now. */
  | { type: 'drive-gone'; drive: string; failure: BurnFailure }
  /** The worker ended by itself. A new engine has been started; no drive is open. */
  | { type: 'crashed'; failure: BurnFailure };

/** What a reader would read from the disc. */
export interface DiscContents {
  /** Suggested file name. */
  name: string;
  sectors: number;
  bytes: number;
  /** Reads from the drive as it is drained; cancelling it stops the reading. One reader at a time. */
  stream(onProgress?: (bytesDone: number) => void): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The whole of it, for a download. Refused with code `contents-too-large` above `maxBlobBytes`. */
  blob(onProgress?: (bytesDone: number) => void): Promise<Blob>;
  maxBlobBytes: number;
}

export interface Engine {
  readonly capabilities: Capabilities;

  /** The drives to choose from: always the one in the page first, then the bridge's, then USB drives granted before. */
  listDrives(): Promise<DriveChoice[]>;
  /** Opens one drive and closes the one before. */
  openDrive(id: string): Promise<OpenDrive>;
  /** Lets go of the open drive. */
  closeDrive(): Promise<void>;
  /**
   * Opens the browser's chooser. Must be called straight from a click. `null` when the person chose nothing.
   * Failure codes: `no-webusb`, `usb-protected-class`, `usb-access-denied`, `usb-claimed-elsewhere`, `usb-no-bulk-only`.
   */
  chooseUsb(): Promise<DriveChoice | null>;

  /** Discs that can be laid into the open drive; empty for a real one. */
  media(): SimMedium[];
  /** Lays a disc into the open simulated drive and says what the drive makes of it. */
  loadMedium(id: string): Promise<MediumState>;
  /** How fast the simulated drive in the page goes. Ignored by other drives. Default: ten times. */
  setPace(pace: SimPace): Promise<void>;

  /** The state of the disc, asked anew. */
  medium(): Promise<MediumState>;
  eject(): Promise<MediumState>;

  /** What these files make of a CD. Needs no drive. */
  describe(source: CdSource): Promise<CdDescription>;
  /** What a burn of this file would do. Writes nothing. Rejects with the refusal a burn would meet. */
  plan(file: File | CdSource, options: BurnOptions): Promise<BurnPlan>;
  /**
   * Burns. Exactly one at a time. Events arrive in order, phases and notes all of them, of gauges only the latest.
   * Meanwhile the page holds the Web Lock `burn:<drive>` and a wake lock and asks before it is closed.
   * A burn that was stopped *resolves*, with `outcome: 'stopped'`.
   */
  burn(file: File | CdSource, options: BurnOptions, onEvent: (event: BurnEvent) => void): Promise<BurnResult>;
  /** What an erase or format would do. Writes nothing. Rejects with the refusal it would meet. */
  planChange(change: Change): Promise<BurnPlan>;
  /** Erases or formats. One job at a time, with the same guards as a burn. A change that was stopped *resolves*. */
  change(change: Change, onEvent: (event: BurnEvent) => void): Promise<ChangeResult>;
  /** Asks the running job to stop between two commands; its promise then resolves. Does nothing when none runs. */
  stop(): void;

  /** What a reader would read from the disc now. */
  saveContents(): Promise<DiscContents>;

  /** What lies on the CD in the drive. Rejects with `nothing-to-read` for any other disc, and for a blank one. */
  cdContents(): Promise<CdContents>;
  /**
   * Reads a CD into files. Each part is waited for: a promise that `onPart` gives and that rejects ends the reading with
   * what it rejects with. `stop` ends it, too; then it rejects with `cancelled`. Gauges come as events.
   */
  readCd(jobs: CdJob[], onPart: (part: CdPart) => Promise<void>, onEvent: (event: BurnEvent) => void): Promise<CdRead>;

  /** Tells `listener` of notices until the returned function is called. */
  subscribe(listener: (notice: EngineNotice) => void): () => void;
}

/** Codes of failures that arise in the page itself, beside those of the engine in wasm. */
export type PageFailureCode =
  /** The browser cannot run the engine. */
  | 'no-wasm'
  /** The engine could not be started, or its worker ended by itself. */
  | 'engine-failed'
  | 'no-drive-open'
  /** A file of the disc cannot be read any more; `args.name`. */
  | 'cd-file-changed'
  | 'burn-running'
  | 'drive-in-other-tab'
  /** Another client has it; `args.holder` names it. */
  | 'drive-held'
  | 'bridge-gone'
  /** The bridge answered, and said no; `args.status`. */
  | 'bridge-refused'
  | 'unknown-medium'
  /** The simulated disc kept digests only; `args.limit` bytes are kept. */
  | 'contents-not-kept'
  | 'contents-too-large'
  | 'nothing-to-read'
  | 'not-user-data'
  | 'no-webusb'
  | 'usb-protected-class'
  | 'usb-access-denied'
  | 'usb-claimed-elsewhere'
  | 'usb-no-bulk-only'
  | 'usb-gone'
  | 'usb-failed';

/**
 * Starts the engine: one worker, the wasm in it.
 * Rejects with `no-wasm` or `engine-failed` where the browser cannot.
 */
export async function startEngine(): Promise<Engine> {
  const { PageEngine } = await import('./page-engine');
  return PageEngine.start();
}

/** What this browser can do; usable without an engine. */
export { probe } from './capabilities';
export { isBurnFailure } from './failure';
