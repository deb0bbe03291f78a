/**
 * Bulk-only transport's pipes over WebUSB. The only file that says `navigator.usb`.
 *
 * No transfer of WebUSB has a time-out or can be cancelled: `close()` is the only way out of a hung one, so the watchdog
 * closes the device. `reset()` loses the claim.
 */
import { type BulkInResult, type BulkOutResult, End, PipeError, type UsbPipe } from './pipe';

const MASS_STORAGE = 0x08;
const VENDOR = 0xff;
const BULK_ONLY = 0x50;
/** Subclasses that a disc drive shows: SFF-8020i, SFF-8070i, SCSI transparent. */
const SUBCLASSES = [0x02, 0x05, 0x06];
const GET_MAX_LUN = 0xfe;
const MASS_STORAGE_RESET = 0xff;

/** The interface that speaks bulk-only transport, and its endpoints. */
export interface BulkOnlyInterface {
  configuration: number;
  interfaceNumber: number;
  alternate: number;
  subclass: number;
  out: number;
  in: number;
  maxPacket: number;
  isProtectedClass: boolean;
}

/** Finds it in the descriptors; `null` when there is none. A vendor interface is preferred: the browser lets it be claimed. */
export function findBulkOnly(device: USBDevice): BulkOnlyInterface | null {
  const found: BulkOnlyInterface[] = [];
  for (const configuration of device.configurations) {
    for (const face of configuration.interfaces) {
      for (const alternate of face.alternates) {
        const speaksIt =
          alternate.interfaceProtocol === BULK_ONLY &&
          (alternate.interfaceClass === MASS_STORAGE || alternate.interfaceClass === VENDOR);
        const bulk = alternate.endpoints.filter((endpoint) => endpoint.type === 'bulk');
        const into = bulk.find((endpoint) => endpoint.direction === 'in');
        const out = bulk.find((endpoint) => endpoint.direction === 'out');
        if (!speaksIt || into === undefined || out === undefined) continue;
        found.push({
          configuration: configuration.configurationValue,
          interfaceNumber: face.interfaceNumber,
          alternate: alternate.alternateSetting,
          subclass: alternate.interfaceSubclass,
          out: out.endpointNumber,
          in: into.endpointNumber,
          maxPacket: into.packetSize,
          isProtectedClass: alternate.interfaceClass === MASS_STORAGE,
        });
      }
    }
  }
  return found.find((face) => !face.isProtectedClass) ?? found[0] ?? null;
}

/** What a `DOMException` of WebUSB means. */
export function classify(thrown: unknown, call: 'open' | 'claim' | 'transfer'): PipeError {
  if (thrown instanceof PipeError) return thrown;
  const name = thrown instanceof Error ? thrown.name : '';
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const detail = `${name}: ${message}`;
  if (name === 'SecurityError') {
    if (message.includes('protected class')) return new PipeError('denied', detail, 'usb-protected-class');
    return new PipeError('denied', detail, 'usb-access-denied');
  }
  if (name === 'NotFoundError') return new PipeError('disconnected', detail, 'usb-gone');
  if (name === 'NetworkError' && call !== 'transfer') return new PipeError('locked', detail, 'usb-claimed-elsewhere');
  if (name === 'NetworkError') return new PipeError('disconnected', detail, 'usb-gone');
  if (name === 'InvalidStateError' || name === 'AbortError') return new PipeError('closed', detail, 'usb-gone');
  return new PipeError('other', detail, 'usb-failed');
}

/** Opens the chooser. Window only, and only in a click. `null` when the person chose nothing. */
export async function chooseDevice(): Promise<USBDevice | null> {
  const filters = [
    ...SUBCLASSES.map((subclassCode) => ({ classCode: VENDOR, subclassCode, protocolCode: BULK_ONLY })),
    { classCode: MASS_STORAGE },
  ];
  try {
    return await navigator.usb.requestDevice({ filters });
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return null;
    throw classify(thrown, 'open');
  }
}

/** Devices that this page was granted and that speak bulk-only transport. */
export async function grantedDevices(): Promise<USBDevice[]> {
  if (!('usb' in navigator)) return [];
  const devices = await navigator.usb.getDevices();
  return devices.filter((device) => findBulkOnly(device) !== null);
}

/** Tells of devices that come and go. */
export function watchDevices(came: (device: USBDevice) => void, went: (device: USBDevice) => void): void {
  if (!('usb' in navigator)) return;
  navigator.usb.addEventListener('connect', (event) => came(event.device));
  navigator.usb.addEventListener('disconnect', (event) => went(event.device));
}

/** An opened and claimed device. */
export class WebUsbPipe implements UsbPipe {
  readonly maxPacket: number;
  readonly subclass: number;
  /** The transfer under way, so that the next one never mixes with one whose waiter has gone. */
  #running: Promise<unknown> = Promise.resolve();
  #idle = true;
  #deadline = Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer rings. */
  #rings = 0;
  #fail: ((error: PipeError) => void) | undefined;
  #closed: PipeError | undefined;

  private constructor(
    readonly device: USBDevice,
    readonly face: BulkOnlyInterface,
  ) {
    this.maxPacket = face.maxPacket;
    this.subclass = face.subclass;
  }

  /** Rejects with a `PipeError` whose code says what stands in the way. */
  static async open(device: USBDevice): Promise<WebUsbPipe> {
    const face = findBulkOnly(device);
    if (face === null) throw new PipeError('other', 'no bulk-only interface', 'usb-no-bulk-only');
    const pipe = new WebUsbPipe(device, face);
    try {
      if (!device.opened) await device.open();
    } catch (thrown) {
      throw classify(thrown, 'open');
    }
    try {
      await pipe.#claim();
    } catch (thrown) {
      await device.close().catch(() => undefined);
      throw classify(thrown, 'claim');
    }
    return pipe;
  }

  async #claim(): Promise<void> {
    const { device, face } = this;
    if (device.configuration?.configurationValue !== face.configuration) {
      await device.selectConfiguration(face.configuration);
    }
    await device.claimInterface(face.interfaceNumber);
    if (face.alternate !== 0) await device.selectAlternateInterface(face.interfaceNumber, face.alternate);
  }

  beginCommand(limitMs: number): void {
    this.#deadline = performance.now() + limitMs;
    if (this.#rings > this.#deadline) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
  }

  bulkOut(data: Uint8Array): Promise<BulkOutResult> {
    // WebUSB copies the bytes before transferOut returns. When another transfer is still under way we must copy.
    const bytes = this.#idle ? data : data.slice();
    return this.#run(async () => {
      const result = await this.device.transferOut(this.face.out, bytes as Uint8Array<ArrayBuffer>);
      return { bytes: result.bytesWritten, end: endOf(result.status) };
    });
  }

  bulkIn(length: number): Promise<BulkInResult> {
    return this.#run(async () => {
      const { data, status } = await this.device.transferIn(this.face.in, length);
      const bytes = data === undefined ? EMPTY : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      return { data: bytes, end: endOf(status) };
    });
  }

  clearHalt(direction: 'in' | 'out'): Promise<void> {
    return this.#run(() => this.device.clearHalt(direction, direction === 'in' ? this.face.in : this.face.out));
  }

  getMaxLun(): Promise<number> {
    return this.#run(async () => {
      const { data, status } = await this.device.controlTransferIn(this.#classRequest(GET_MAX_LUN), 1);
      return status === 'ok' && data !== undefined && data.byteLength === 1 ? data.getUint8(0) : -1;
    });
  }

  massStorageReset(): Promise<void> {
    return this.#run(async () => {
      const { status } = await this.device.controlTransferOut(this.#classRequest(MASS_STORAGE_RESET));
      if (status !== 'ok') throw new PipeError('other', 'the device refused the mass storage reset', 'usb-failed');
    });
  }

  portReset(): Promise<void> {
    return this.#run(async () => {
      await this.device.reset();
      await this.#claim();
    });
  }

  async close(): Promise<void> {
    this.#end(new PipeError('closed', 'the device was closed', 'usb-gone'));
    await this.device.close().catch(() => undefined);
  }

  /** The cable was pulled: whatever waits ends now. */
  disconnected(): void {
    this.#end(new PipeError('disconnected', 'the device was unplugged', 'usb-gone'));
  }

  #classRequest(request: number): USBControlTransferParameters {
    return { requestType: 'class', recipient: 'interface', request, value: 0, index: this.face.interfaceNumber };
  }

  async #run<T>(transfer: () => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) throw new PipeError('closed', this.#closed.message, this.#closed.code);
    const before = this.#running;
    const wasIdle = this.#idle;
    this.#idle = false;
    const { promise: broken, reject } = withReject();
    // The first transfer starts in this very call: its bytes may be a view that ends with it.
    const work = wasIdle ? transfer() : before.then(transfer, transfer);
    const settled = work.then(noop, noop);
    this.#running = settled;
    void settled.then(() => {
      if (this.#running === settled) this.#idle = true;
    });
    this.#fail = reject;
    this.#watch();
    try {
      return await Promise.race([work, broken]);
    } catch (thrown) {
      throw this.#closed ?? classify(thrown, 'transfer');
    } finally {
      if (this.#fail === reject) this.#fail = undefined;
    }
  }

  /** One timer for all transfers: it looks again when it rings too early. */
  #watch(): void {
    if (this.#timer !== undefined || this.#deadline === Infinity) return;
    const wait = Math.min(Math.max(this.#deadline - performance.now(), 1), MAX_TIMER_MS);
    this.#rings = performance.now() + wait;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#fail === undefined) return;
      if (performance.now() < this.#deadline) this.#watch();
      else this.#expire();
    }, wait);
  }

  #expire(): void {
    this.#end(new PipeError('timeout', 'the drive did not answer in time'));
    void this.device.close().catch(() => undefined);
  }

  #end(error: PipeError): void {
    this.#closed ??= error;
    this.#fail?.(error);
    this.#fail = undefined;
    clearTimeout(this.#timer);
  }
}

const EMPTY = new Uint8Array(0);
/** `setTimeout` counts in 31 bits. */
const MAX_TIMER_MS = 0x7fff_ffff;

function noop(): void {
  // The outcome is told elsewhere.
}

function endOf(status: USBTransferStatus | undefined): End {
  if (status === 'stall') return End.stall;
  return status === 'babble' ? End.babble : End.complete;
}

function withReject(): { promise: Promise<never>; reject: (error: PipeError) => void } {
  let reject: (error: PipeError) => void = noop;
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  promise.catch(noop);
  return { promise, reject };
}
