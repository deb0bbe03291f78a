/** What is thrown and what promises reject with. */
export interface ImapiError extends Error {
  /** A stable name of what went wrong. */
  readonly code: string;
  /** Figures that belong to it. */
  readonly args: Record<string, string | number | boolean>;
  /** One of `HRESULT`, unsigned. */
  readonly hresult: number;
  /** The header's name of it. */
  readonly hresultName: string;
  readonly message: string;
  /** Sense data as the drive sent it, in hexadecimal. */
  readonly sense?: string;
  /** What the sense means. */
  readonly senseText?: string;
  /** The command that failed, by its standard's name. */
  readonly command?: string;
  /** Where on the disc. */
  readonly lba?: number;
  /** Nothing was sent to the disc before it failed. */
  readonly refusedBeforeWriting: boolean;
}

/** A stream of a program's own. `read` may give less than asked for, but not nothing before the end. */
export interface ByteStream {
  readonly size: number;
  /** The parts of it that a disc which is overwritten takes, in this order: `IBlockRangeList`. All of it unless told. */
  readonly blockRanges?: readonly { readonly startLba: number; readonly endLba: number }[] | null;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** What goes where IMAPI2 takes an `IStream`. The stream helpers of this module are byte streams, too. */
export type StreamLike = Blob | Uint8Array | ByteStream;

/** The arguments of `Update`. Times are in seconds, buffers in bytes; `null`: nobody knows. */
export interface DataEventArgs {
  readonly elapsedTime: number;
  readonly remainingTime: number | null;
  readonly totalTime: number | null;
  readonly currentAction: DataWriteAction;
  readonly startLba: number;
  readonly sectorCount: number;
  readonly lastReadLba: number;
  readonly lastWrittenLba: number;
  readonly totalSystemBuffer: number;
  readonly usedSystemBuffer: number;
  readonly freeSystemBuffer: number;
  /** The drive's own buffer, which IMAPI2 does not tell. */
  readonly totalDriveBuffer: number | null;
  readonly usedDriveBuffer: number | null;
  /** 0 to 1, of the action under way. */
  readonly fraction: number | null;
}

/** `IDiscFormat2`. */
export interface DiscFormat2 {
  isRecorderSupported(recorder: DiscRecorder2 | null | undefined): Promise<boolean>;
  isCurrentMediaSupported(recorder: DiscRecorder2 | null | undefined): Promise<boolean>;
  mediaPhysicallyBlank(): Promise<boolean>;
  mediaHeuristicallyBlank(): Promise<boolean>;
  readonly supportedMediaTypes: MediaPhysicalType[];
}

/** What a job would do, told before anything is written. Times are in seconds. */
export interface JobPlan {
  readonly steps: readonly { readonly code: string; readonly args: Record<string, string | number | boolean>; readonly seconds: number | null }[];
  /** What the disc would be after a stop. */
  readonly ifStopped: { readonly code: string; readonly args: Record<string, string | number | boolean> };
  readonly startAddress: number;
  readonly sectors: number;
  readonly seconds: number;
  /** Nothing can be appended afterwards. */
  readonly closes: boolean;
}

/** What `MediaFormat` makes of a disc. `spare`, `pow` and `rrm` are for BD-R, `sequential` and `restricted` for DVD-RW. */
export type FormatGoal = 'usual' | 'sequential' | 'restricted' | 'background' | 'resume' | 'stop' | 'spare' | 'pow' | 'rrm';

/** How much of a BD or DVD-RAM is set aside for bad clusters: a word, or a number of sectors (BD). */
export type FormatSpare = 'usual' | 'none' | 'least' | 'most' | number;

/** `IBurnVerification`, which the data writer has. */
export interface BurnVerification {
  burnVerificationLevel: BurnVerificationLevel;
}

/** `IMultisession`. */
export interface Multisession {
  isSupportedOnCurrentMediaState(): Promise<boolean>;
  inUse: boolean;
  readonly importRecorder: DiscRecorder2;
  /** The interfaces that it answers, most derived first. */
  readonly interfaceIds: string[];
}

/** `IMultisessionSequential2`: the sequential object has `writeUnitSize`. */
export type MultisessionSequential2 = MultisessionSequential;

/** A claimed USB mass-storage interface. One transfer at a time; all transfers after `beginCommand` share its limit. */
export interface UsbPipe {
  /** `wMaxPacketSize` of bulk-in. */
  readonly maxPacket: number;
  /** `bInterfaceSubClass`. */
  readonly subclass: number;
  beginCommand(limitMs: number): void;
  /** `data` must be read before this call returns. `end`: 0 complete, 1 stall, 2 babble. */
  bulkOut(data: Uint8Array): Promise<{ bytes: number; end: number }>;
  bulkIn(length: number): Promise<{ data: Uint8Array; end: number }>;
  clearHalt(direction: 'in' | 'out'): Promise<void>;
  /** The byte, or -1 when the device stalled the request. */
  getMaxLun(): Promise<number>;
  massStorageReset(): Promise<void>;
  portReset(): Promise<void>;
}

/** One connection to the bridge (`ws://127.0.0.1:8470/v1/drives/ID/scsi?client=NAME`): a binary frame a message. */
export interface FrameChannel {
  /** `frame` must be copied before this call returns. */
  send(frame: Uint8Array): void;
  /** The next frame if one has arrived. */
  take(): Uint8Array | undefined;
  /** Resolves when `take` has a frame to give; rejects with an error of `kind` `'timeout'` or `'disconnected'`. */
  ready(limitMs: number): Promise<void>;
}
