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

/** What the arguments of every `Update` have. Times are in seconds, buffers in bytes; `null`: nobody knows. */
export interface WriteEventArgs {
  readonly elapsedTime: number;
  readonly remainingTime: number | null;
  /** IMAPI2 tells it of data alone. */
  readonly totalTime: number | null;
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

/** `IDiscFormat2DataEventArgs`; also what has no type of its own is told by it. */
export interface DataEventArgs extends WriteEventArgs {
  readonly currentAction: DataWriteAction;
}

/** `IDiscFormat2TrackAtOnceEventArgs`. */
export interface TrackAtOnceEventArgs extends WriteEventArgs {
  readonly currentTrackNumber: number;
  readonly currentAction: TaoWriteAction;
}

/** `IDiscFormat2RawCDEventArgs`. */
export interface RawCDEventArgs extends WriteEventArgs {
  readonly currentAction: RawCdWriteAction;
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

/** `IBurnVerification`, which the data writer, track at once and session at once have. */
export interface BurnVerification {
  burnVerificationLevel: BurnVerificationLevel;
}

/** A track that `DiscFormat2TrackAtOnce` wrote; silence that fills it up is part of it. */
export interface AudioTrack {
  readonly number: number;
  readonly start: number;
  readonly sectors: number;
}

/** The texts of a track or of the disc. */
export interface CdTexts {
  readonly title?: string;
  readonly performer?: string;
  readonly songwriter?: string;
  readonly composer?: string;
  readonly arranger?: string;
  readonly message?: string;
}

/** CD-Text in one language. */
export interface CdText extends CdTexts {
  /** The publisher's own number of the disc. */
  readonly discId?: string;
  /** From the first track on. */
  readonly tracks?: readonly CdTexts[];
}

/** What `SessionAtOnce` writes; `RawCDImageCreator.createSession` makes one. */
export interface Session {
  /** The lines of SEND CUE SHEET (MMC-6), eight bytes each. The one of the lead-in is set as CD-Text and drive want it. */
  readonly cueSheet: Uint8Array;
  /** The packs of CD-Text, 18 bytes each, repeated through the lead-in. Only a first session has it. */
  readonly cdText?: Uint8Array | null;
  /**
   * From the first pre-gap to the lead-out: whole sectors, data with sync and header and not scrambled, of which each takes
   * the part that its line of the sheet wants; or blocks of the one size that all lines want.
   */
  readonly stream: StreamLike;
  /** Of the stream; 2352 unless told. */
  readonly bytesPerSector?: number;
  /** Disc type in the table of contents: 0 CD-DA or CD-ROM, which it is unless told, 0x10 CD-I, 0x20 CD-ROM XA. */
  readonly sessionFormat?: number;
}

/** What came of a session. */
export interface SessionReport {
  /** `S_OK`, what was adjusted, or `E_IMAPI_BURN_VERIFICATION_FAILED` when a track is not as it was sent. */
  readonly hresult: HRESULT;
  /** `verified`: every track was compared and is as it was sent. */
  readonly outcome: 'verified' | 'written';
  readonly startAddress: number;
  readonly sectors: number;
  readonly seconds: number;
  /** Nothing can be appended. */
  readonly closed: boolean;
  /** Empty when nothing was compared. */
  readonly tracks: readonly ComparedTrack[];
}

/** A track, compared with what was sent. */
export interface ComparedTrack {
  readonly number: number;
  readonly audio: boolean;
  readonly compared: 'equal' | 'different' | 'unreadable' | 'stopped';
  /** The first sector that differs or cannot be read. */
  readonly lba: number | null;
  /** How many differ. */
  readonly different: number;
  /** Samples by which what is read lies behind what was sent: the drive's own offset. */
  readonly offset: number;
  /** Sectors in which the drive could not correct all bytes, where it tells. */
  readonly uncorrected: number;
}

/** What a CD says of itself. */
export interface DiscContents {
  readonly mediaCatalogNumber: string | null;
  readonly sessions: readonly {
    readonly number: number;
    readonly sessionFormat: number;
    readonly startOfLeadout: number;
    /** `control`: 4 data, +1 pre-emphasis, +2 copies are permitted. */
    readonly tracks: readonly { readonly number: number; readonly control: number; readonly start: number; readonly sectors: number; readonly isrc: string | null }[];
  }[];
  /** The packs of CD-Text, 18 bytes each, as the drive gives them. */
  readonly cdText: Uint8Array;
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
