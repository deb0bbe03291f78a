/** What the engine in wasm needs of a USB interface. Methods are called from Rust. */

/** How a bulk transfer ended: 0 complete, 1 stall, 2 babble. Numbers, because every command crosses this border thrice. */
export const enum End {
  complete = 0,
  stall = 1,
  babble = 2,
}

export interface BulkOutResult {
  bytes: number;
  end: End;
}

export interface BulkInResult {
  /** What arrived; never more than was asked for. */
  data: Uint8Array;
  end: End;
}

/** Why a pipe failed, in the engine's words. */
export type PipeErrorKind = 'timeout' | 'disconnected' | 'closed' | 'locked' | 'denied' | 'out-of-memory' | 'other';

/** What pipes and channels reject with. */
export class PipeError extends Error {
  override readonly name = 'PipeError';
  constructor(
    readonly kind: PipeErrorKind,
    message: string,
    /** A code of the façade where the page knows more than the kind: 'usb-access-denied', 'bridge-gone', … */
    readonly code?: string,
    readonly args: Record<string, string | number | boolean> = {},
  ) {
    super(message);
  }
}

/** A claimed mass-storage interface. One transfer at a time; all transfers after `beginCommand` share its limit. */
export interface UsbPipe {
  /** `wMaxPacketSize` of bulk-in. */
  readonly maxPacket: number;
  /** bInterfaceSubClass, which says how long command blocks are. */
  readonly subclass: number;
  beginCommand(limitMs: number): void;
  /** `data` is a view into the engine's memory: it must be read before this call returns. */
  bulkOut(data: Uint8Array): Promise<BulkOutResult>;
  bulkIn(length: number): Promise<BulkInResult>;
  /** Endpoint direction. */
  clearHalt(direction: 'in' | 'out'): Promise<void>;
  /** The byte, or -1 when the device stalled the request. */
  getMaxLun(): Promise<number>;
  massStorageReset(): Promise<void>;
  portReset(): Promise<void>;
  close(): Promise<void>;
}

/** One connection to the bridge: a binary frame a message, in order. */
export interface FrameChannel {
  /** `frame` is lent: it must be copied before this call returns. Throws a `PipeError` once the connection has ended. */
  send(frame: Uint8Array<ArrayBuffer>): void;
  /** The next frame if one has arrived. */
  take(): Uint8Array | undefined;
  /** Resolves when `take` has a frame to give; rejects with a `PipeError` after `limitMs` or once the connection has ended. */
  ready(limitMs: number): Promise<void>;
  close(): void;
  /** Next tag and present epoch, where several modules use the channel one after the other; they start at 0 and 1. */
  tag?: number;
  epoch?: number;
}
