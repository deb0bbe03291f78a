/**
 * The simulated drive as a `USBDevice`: below it the simulator in wasm, which takes and gives the bytes of the bulk
 * endpoints; above it the same code that drives a real one. It behaves as Chromium's does: transfers copy their bytes
 * when called, a stalled endpoint stays so until `clearHalt`, `reset` loses the claim, `close` ends what is under way.
 */
import { readDevice } from './usb-descriptors';

/** What the simulator answers to a bulk-in token. */
export interface SimIn {
  /** 0 data, 1 stall, 2 babble, 3 not yet, 4 unplugged. Bytes may have come before a stall, too. */
  status: number;
  /** How long to wait before asking again, when not yet; negative: it will never answer. */
  waitMs: number;
  /** Taken from the simulator by this call; empty unless there is data. */
  take(): Uint8Array;
  free(): void;
}

/** The simulator's side, as wasm shows it. `now` is `performance.now()`. */
export interface SimUsbHandle {
  /** 0 taken, 1 stall, 4 unplugged. */
  bulkOut(bytes: Uint8Array, now: number): number;
  bulkIn(max: number, now: number): SimIn;
  /** `undefined`: stalled. */
  controlIn(requestType: number, request: number, value: number, index: number, length: number): Uint8Array | undefined;
  controlOut(requestType: number, request: number, value: number, index: number, data: Uint8Array): boolean;
  clearHalt(address: number): void;
  portReset(): void;
}

const TYPES = { standard: 0x00, class: 0x20, vendor: 0x40 };
const RECIPIENTS = { device: 0, interface: 1, endpoint: 2, other: 3 };
const GET_DESCRIPTOR = 6;
const SET_CONFIGURATION = 9;
const DEVICE_TO_HOST = 0x80;
const STATUS: USBTransferStatus[] = ['ok', 'stall', 'babble'];
const NOT_YET = 3;
const GONE = 4;
const BREATH_EVERY_MS = 15;

export class SimUsbDevice implements USBDevice {
  readonly usbVersionMajor: number;
  readonly usbVersionMinor: number;
  readonly usbVersionSubminor: number;
  readonly deviceClass: number;
  readonly deviceSubclass: number;
  readonly deviceProtocol: number;
  readonly vendorId: number;
  readonly productId: number;
  readonly deviceVersionMajor: number;
  readonly deviceVersionMinor: number;
  readonly deviceVersionSubminor: number;
  readonly manufacturerName: string | null;
  readonly productName: string | null;
  readonly serialNumber: string | null;
  readonly configurations: USBConfiguration[];
  configuration: USBConfiguration | null = null;
  opened = false;

  readonly #handle: SimUsbHandle;
  readonly #claimed = new Set<number>();
  /** Raised by `close`, `reset` and `unplug`: a waiting transfer of an older generation ends. */
  #generation = 0;
  #unplugged = false;
  #scratch = new Uint8Array(0);
  #round: MessageChannel | undefined;
  #lastBreath = performance.now();
  /** Ends the wait of the transfer under way. */
  #wake: (() => void) | undefined;

  constructor(handle: SimUsbHandle) {
    this.#handle = handle;
    const device = readDevice((type, index, language, length) =>
      handle.controlIn(DEVICE_TO_HOST, GET_DESCRIPTOR, (type << 8) | index, language, length),
    );
    [this.usbVersionMajor, this.usbVersionMinor, this.usbVersionSubminor] = device.usb;
    [this.deviceVersionMajor, this.deviceVersionMinor, this.deviceVersionSubminor] = device.version;
    this.deviceClass = device.deviceClass;
    this.deviceSubclass = device.deviceSubclass;
    this.deviceProtocol = device.deviceProtocol;
    this.vendorId = device.vendorId;
    this.productId = device.productId;
    this.manufacturerName = device.manufacturerName;
    this.productName = device.productName;
    this.serialNumber = device.serialNumber;
    this.configurations = device.configurations;
  }

  /** Pulls the cable. */
  unplug(): void {
    this.#unplugged = true;
    this.opened = false;
    this.#interrupt();
  }

  /** Puts it back in: as after power-on, unconfigured. */
  plugIn(): void {
    this.#unplugged = false;
    this.#forgetState();
    this.#handle.portReset();
  }

  async open(): Promise<void> {
    if (this.#unplugged) throw new DOMException('The device was disconnected.', 'NotFoundError');
    this.opened = true;
  }

  async close(): Promise<void> {
    this.opened = false;
    this.#claimed.clear();
    this.#interrupt();
  }

  async forget(): Promise<void> {
    await this.close();
  }

  async reset(): Promise<void> {
    this.#mustBeOpen();
    this.#forgetState();
    this.#handle.portReset();
  }

  async selectConfiguration(value: number): Promise<void> {
    this.#mustBeOpen();
    const found = this.configurations.find((configuration) => configuration.configurationValue === value);
    if (found === undefined) throw new DOMException('The configuration value is not supported.', 'NotFoundError');
    this.#handle.controlOut(0, SET_CONFIGURATION, value, 0, new Uint8Array(0));
    this.configuration = found;
    this.#claimed.clear();
  }

  async claimInterface(interfaceNumber: number): Promise<void> {
    this.#mustBeOpen();
    if (this.#interface(interfaceNumber) === undefined) {
      throw new DOMException('The interface number is not supported.', 'NotFoundError');
    }
    this.#claimed.add(interfaceNumber);
  }

  async releaseInterface(interfaceNumber: number): Promise<void> {
    this.#mustBeOpen();
    this.#claimed.delete(interfaceNumber);
  }

  async selectAlternateInterface(interfaceNumber: number, alternateSetting: number): Promise<void> {
    this.#mustBeOpen();
    const face = this.#interface(interfaceNumber);
    if (!face?.alternates.some((alternate) => alternate.alternateSetting === alternateSetting)) {
      throw new DOMException('The alternate setting is not supported.', 'NotFoundError');
    }
  }

  async controlTransferIn(setup: USBControlTransferParameters, length: number): Promise<USBInTransferResult> {
    this.#mustBeOpen();
    const type = DEVICE_TO_HOST | requestType(setup);
    const data = this.#handle.controlIn(type, setup.request, setup.value, setup.index, length);
    return data === undefined ? { status: 'stall' } : { status: 'ok', data: dataView(data) };
  }

  async controlTransferOut(setup: USBControlTransferParameters, data?: BufferSource): Promise<USBOutTransferResult> {
    this.#mustBeOpen();
    const bytes = data === undefined ? new Uint8Array(0) : viewOf(data).slice();
    const taken = this.#handle.controlOut(requestType(setup), setup.request, setup.value, setup.index, bytes);
    return taken ? { status: 'ok', bytesWritten: bytes.length } : { status: 'stall', bytesWritten: 0 };
  }

  async clearHalt(direction: USBDirection, endpointNumber: number): Promise<void> {
    this.#mustHave(direction, endpointNumber);
    this.#handle.clearHalt(direction === 'in' ? endpointNumber | 0x80 : endpointNumber);
  }

  async transferOut(endpointNumber: number, data: BufferSource): Promise<USBOutTransferResult> {
    this.#mustHave('out', endpointNumber);
    const bytes = this.#lend(data);
    const status = this.#handle.bulkOut(bytes, performance.now());
    if (status === GONE) this.unplug();
    if (this.#unplugged) throw ended(true);
    return status === 0 ? { status: 'ok', bytesWritten: bytes.length } : { status: 'stall', bytesWritten: 0 };
  }

  async transferIn(endpointNumber: number, length: number): Promise<USBInTransferResult> {
    this.#mustHave('in', endpointNumber);
    const generation = this.#generation;
    if (performance.now() - this.#lastBreath > BREATH_EVERY_MS) await this.#breathe();
    for (;;) {
      const answer = this.#handle.bulkIn(length, performance.now());
      const { status, waitMs } = answer;
      const data = answer.take();
      answer.free();
      if (status === GONE) this.unplug();
      if (this.#unplugged) throw ended(true);
      if (status !== NOT_YET) return { status: STATUS[status] ?? 'ok', data: dataView(data) };
      await this.#sleep(waitMs);
      if (generation !== this.#generation) throw ended(this.#unplugged);
    }
  }

  /**
   * The caller's bytes in a buffer of ours. They may lie in the memory of the very module that takes them, which may grow
   * and leave them behind.
   */
  #lend(data: BufferSource): Uint8Array {
    const given = viewOf(data);
    if (this.#scratch.length < given.length) this.#scratch = new Uint8Array(given.length);
    const bytes = this.#scratch.subarray(0, given.length);
    bytes.set(given);
    return bytes;
  }

  isochronousTransferIn(): Promise<USBIsochronousInTransferResult> {
    return Promise.reject(new DOMException('The device has no isochronous endpoint.', 'NotFoundError'));
  }

  isochronousTransferOut(): Promise<USBIsochronousOutTransferResult> {
    return Promise.reject(new DOMException('The device has no isochronous endpoint.', 'NotFoundError'));
  }

  #forgetState(): void {
    this.#claimed.clear();
    this.configuration = null;
    this.#interrupt();
  }

  #interrupt(): void {
    this.#generation += 1;
    this.#wake?.();
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms < 0 ? undefined : setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /**
   * A drive that never waits settles its promises at once, and the worker would hear no message until the burn is over.
   * So now and then one goes the long way round. (A timer would take 4 ms.)
   */
  async #breathe(): Promise<void> {
    // Made once: a pair for each breath would pile up until the collector comes.
    this.#round ??= new MessageChannel();
    const { port1, port2 } = this.#round;
    await new Promise((resolve) => {
      port2.addEventListener('message', resolve, { once: true });
      port2.start();
      port1.postMessage(null);
    });
    this.#lastBreath = performance.now();
  }

  #interface(interfaceNumber: number): USBInterface | undefined {
    return this.configuration?.interfaces.find((face) => face.interfaceNumber === interfaceNumber);
  }

  #mustBeOpen(): void {
    if (this.#unplugged) throw new DOMException('The device was disconnected.', 'NotFoundError');
    if (!this.opened) throw new DOMException('The device must be opened first.', 'InvalidStateError');
  }

  #mustHave(direction: USBDirection, endpointNumber: number): void {
    this.#mustBeOpen();
    for (const interfaceNumber of this.#claimed) {
      const endpoints = this.#interface(interfaceNumber)?.alternate.endpoints ?? [];
      if (endpoints.some((one) => one.endpointNumber === endpointNumber && one.direction === direction)) return;
    }
    const words = 'The specified endpoint is not part of a claimed and selected alternate interface.';
    throw new DOMException(words, 'NotFoundError');
  }
}

function requestType(setup: USBControlTransferParameters): number {
  return TYPES[setup.requestType] | RECIPIENTS[setup.recipient];
}

function viewOf(data: BufferSource): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

function dataView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function ended(unplugged: boolean): DOMException {
  return unplugged
    ? new DOMException('The device was disconnected.', 'NotFoundError')
    : new DOMException('The transfer was cancelled.', 'AbortError');
}
