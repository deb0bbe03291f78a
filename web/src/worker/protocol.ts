/** What the page and the engine's worker say to each other. Everything crosses by structured clone. */
import type { EngineNotice, OpenDrive, SimPace } from '../api/engine';
import type { CdDescription, CdSource } from '../api/cds';
import type { BurnEvent, BurnFailure, BurnOptions, BurnPlan, BurnResult, Change, ChangeResult, DriveChoice, MediumState } from '../api/types';

/** What can be asked of the worker. Calls for the drive run one after another, in order. */
export interface Calls {
  listDrives(): DriveChoice[];
  openDrive(id: string): OpenDrive;
  closeDrive(): void;
  loadMedium(id: string): MediumState;
  setPace(pace: SimPace): void;
  medium(): MediumState;
  eject(): MediumState;
  plan(file: File | CdSource, options: BurnOptions): BurnPlan;
  burn(file: File | CdSource, options: BurnOptions): BurnResult;
  describe(source: CdSource): CdDescription;
  planChange(change: Change): BurnPlan;
  change(change: Change): ChangeResult;
  contents(): { name: string; sectors: number };
  /** So many sectors of the disc, in pieces that come as messages; how many there were. `more` asks for another piece, `stop` ends it. */
  readContents(sectors: number): number;
}

export type CallName = keyof Calls;

/** From the page. */
export type ToWorker =
  | { type: 'start'; origin: string | null; client: string }
  | { type: 'call'; id: number; name: CallName; args: unknown[] }
  | { type: 'more' }
  | { type: 'stop' };

/** From the worker. */
export type FromWorker =
  | { type: 'ready' }
  | { type: 'failed-to-start'; failure: BurnFailure }
  | { type: 'done'; id: number; value: unknown }
  | { type: 'failed'; id: number; failure: BurnFailure }
  | { type: 'event'; event: BurnEvent }
  | { type: 'notice'; notice: EngineNotice }
  | { type: 'piece'; bytes: Uint8Array<ArrayBuffer> }
  /** The engine in wasm broke: nothing it would say from now on can be trusted. */
  | { type: 'broken'; message: string };

/** To the worker that hashes. Buffers are handed over. */
export type ToHash = { type: 'bytes'; bytes: Uint8Array<ArrayBuffer> } | { type: 'finish' } | { type: 'reset' };

/** From it. */
export type FromHash =
  /** The buffer comes back. */
  | { type: 'hashed'; bytes: Uint8Array<ArrayBuffer> }
  | { type: 'digest'; sha256: Uint8Array }
  | { type: 'broken'; message: string };
