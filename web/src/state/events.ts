/** Everything that can change the state. `at` is milliseconds since 1970: the reducer reads no clock. */
import type { CdDescription, CdSource } from '../api/cds';
import type { Capabilities, OpenDrive, SimPace } from '../api/engine';
import type { BurnEvent, BurnFailure, BurnOptions, BurnPlan, BurnResult, Change, ChangeResult, DriveChoice, MediumState } from '../api/types';
import type { Image, Saving, Tab } from './state';

export type Event =
  | { type: 'started'; capabilities: Capabilities; drives: DriveChoice[] }
  | { type: 'start-failed'; at: number; failure: BurnFailure }
  | { type: 'crashed'; at: number; failure: BurnFailure }
  | { type: 'drives'; drives: DriveChoice[] }
  // a drive
  | { type: 'opening'; drive: DriveChoice | null }
  | { type: 'opened'; at: number; open: OpenDrive }
  | { type: 'open-failed'; at: number; drive: DriveChoice | null; failure: BurnFailure }
  | { type: 'closed'; at: number }
  | { type: 'drive-gone'; at: number; failure: BurnFailure }
  // its disc
  | { type: 'disc-changing' }
  | { type: 'disc'; at: number; medium: MediumState; loaded?: string | null }
  | { type: 'disc-trouble'; at: number; failure: BurnFailure }
  | { type: 'pace'; pace: SimPace }
  // the image and the plan
  | { type: 'image'; at: number; image: Image }
  | { type: 'image-probed'; ticket: number; probe: Image['probe'] }
  /** Tracks, texts or files of the chosen CD are other ones. */
  | { type: 'cd-changed'; ticket: number; source: CdSource }
  | { type: 'cd-told'; ticket: number; source: CdSource; told: CdDescription }
  | { type: 'tab'; tab: Tab }
  | { type: 'image-removed' }
  | { type: 'options'; patch: Partial<BurnOptions> }
  | { type: 'planning'; ticket: number }
  | { type: 'planned'; ticket: number; plan: BurnPlan }
  | { type: 'plan-refused'; ticket: number; failure: BurnFailure }
  // the burn
  | { type: 'burn'; at: number }
  | { type: 'burn-event'; at: number; event: BurnEvent }
  | { type: 'stop-asked' }
  | { type: 'stop-withdrawn' }
  | { type: 'stop'; at: number }
  | { type: 'burnt'; at: number; result: BurnResult }
  | { type: 'burn-failed'; at: number; failure: BurnFailure }
  | { type: 'ejected'; at: number; medium: MediumState }
  // an erase or format: asked about, planned, done
  | { type: 'wish'; change: Change | null }
  | { type: 'wish-planning'; ticket: number }
  | { type: 'wish-planned'; ticket: number; plan: BurnPlan }
  | { type: 'wish-refused'; ticket: number; failure: BurnFailure }
  | { type: 'rework'; at: number }
  | { type: 'rework-event'; at: number; event: BurnEvent }
  | { type: 'reworked'; at: number; result: ChangeResult }
  | { type: 'rework-failed'; at: number; failure: BurnFailure }
  /** Back from a verdict to the image. */
  | { type: 'back' }
  // beside it
  | { type: 'saving'; at: number; saving: Saving };
