import { describe, expect, it, vi } from 'vitest';
import { End, PipeError } from './pipe';
import { SimUsbDevice, type SimIn, type SimUsbHandle } from './sim-usb';
import { classify, findBulkOnly, WebUsbPipe } from './webusb';

/** Descriptors of a drive with one bulk-only interface (USB 2.0, 9.6). */
function descriptors(interfaceClass: number): Map<number, number[]> {
  const endpoint = (address: number): number[] => [7, 5, address, 2, 0x00, 0x02, 0];
  const face = [9, 4, 0, 0, 2, interfaceClass, 6, 0x50, 0];
  const body = [...face, ...endpoint(0x81), ...endpoint(0x02)];
  return new Map([
    [0x0100, [18, 1, 0x00, 0x02, 0, 0, 0, 64, 0x34, 0x12, 0x78, 0x56, 0x00, 0x01, 1, 2, 0, 1]],
    [0x0200, [9, 2, 9 + body.length, 0, 1, 1, 0, 0x80, 50, ...body]],
    [0x0301, [8, 3, 0x41, 0, 0x42, 0, 0x43, 0]],
    [0x0302, [4, 3, 0x44, 0]],
  ]);
}

/** A device by script: what bulk-in answers, in order; what came in on bulk-out. */
class Script implements SimUsbHandle {
  readonly sent: Uint8Array[] = [];
  readonly cleared: number[] = [];
  readonly control: number[][] = [];
  outStalls = false;
  resets = 0;
  constructor(
    readonly answers: Partial<SimIn>[] = [],
    readonly interfaceClass = 0xff,
  ) {}
  bulkOut(bytes: Uint8Array): number {
    this.sent.push(bytes.slice());
    return this.outStalls ? 1 : 0;
  }
  bulkIn(): SimIn {
    const answer = this.answers.shift() ?? { status: 3, waitMs: -1 };
    return { status: 0, waitMs: 0, take: () => new Uint8Array([1, 2, 3]), free: () => undefined, ...answer };
  }
  controlIn(type: number, request: number, value: number, index: number, length: number): Uint8Array | undefined {
    this.control.push([type, request, value, index, length]);
    if (type === 0x80 && request === 6) {
      const found = descriptors(this.interfaceClass).get(value);
      return found && new Uint8Array(found.slice(0, length));
    }
    return request === 0xfe ? undefined : new Uint8Array([0]);
  }
  controlOut(type: number, request: number, value: number, index: number): boolean {
    this.control.push([type, request, value, index]);
    return true;
  }
  clearHalt(address: number): void {
    this.cleared.push(address);
  }
  portReset(): void {
    this.resets += 1;
  }
}

describe('the simulated USB device', () => {
  it('shows what its descriptors say', () => {
    const device = new SimUsbDevice(new Script());
    expect(device.vendorId).toBe(0x1234);
    expect(device.productId).toBe(0x5678);
    expect(device.manufacturerName).toBe('ABC');
    expect(device.productName).toBe('D');
    expect(device.usbVersionMajor).toBe(2);
    expect(findBulkOnly(device)).toMatchObject({ in: 1, out: 2, maxPacket: 512, subclass: 6, isProtectedClass: false });
  });

  it('refuses transfers before it is opened and claimed, as a browser does', async () => {
    const device = new SimUsbDevice(new Script([{ status: 0 }]));
    await expect(device.transferIn(1, 10)).rejects.toMatchObject({ name: 'InvalidStateError' });
    await device.open();
    await device.selectConfiguration(1);
    await expect(device.transferIn(1, 10)).rejects.toMatchObject({ name: 'NotFoundError' });
    await device.claimInterface(0);
    await expect(device.transferIn(1, 10)).resolves.toMatchObject({ status: 'ok' });
  });

  it('loses its claim on reset', async () => {
    const script = new Script([{ status: 0 }]);
    const device = new SimUsbDevice(script);
    const pipe = await WebUsbPipe.open(device);
    await device.reset();
    await expect(device.transferIn(1, 10)).rejects.toMatchObject({ name: 'NotFoundError' });
    await pipe.portReset();
    expect(script.resets).toBe(2);
    await expect(device.transferIn(1, 10)).resolves.toMatchObject({ status: 'ok' });
  });

  it('waits as long as the drive needs', async () => {
    vi.useFakeTimers();
    const device = new SimUsbDevice(new Script([{ status: 3, waitMs: 2000 }, { status: 0 }]));
    const pipe = await WebUsbPipe.open(device);
    let done = false;
    const read = pipe.bulkIn(10).then((result) => {
      done = true;
      return result;
    });
    await vi.advanceTimersByTimeAsync(1999);
    expect(done).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await expect(read).resolves.toMatchObject({ end: End.complete });
    vi.useRealTimers();
  });
});

describe('the pipe', () => {
  it('sends the bytes that were there when it was called', async () => {
    const script = new Script();
    const pipe = await WebUsbPipe.open(new SimUsbDevice(script));
    const lent = new Uint8Array([1, 2, 3]);
    const first = pipe.bulkOut(lent);
    const second = pipe.bulkOut(lent);
    lent.fill(9);
    await Promise.all([first, second]);
    expect(script.sent.map((bytes) => [...bytes])).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('tells stall and babble as answers, not as errors', async () => {
    const script = new Script([{ status: 1, take: () => new Uint8Array(2) }, { status: 2 }]);
    script.outStalls = true;
    const pipe = await WebUsbPipe.open(new SimUsbDevice(script));
    await expect(pipe.bulkIn(10)).resolves.toMatchObject({ end: End.stall, data: { length: 2 } });
    await expect(pipe.bulkIn(10)).resolves.toMatchObject({ end: End.babble });
    await expect(pipe.bulkOut(new Uint8Array(1))).resolves.toMatchObject({ end: End.stall });
    await pipe.clearHalt('in');
    await pipe.clearHalt('out');
    expect(script.cleared).toEqual([0x81, 0x02]);
  });

  it('takes a stalled GET MAX LUN for none', async () => {
    const pipe = await WebUsbPipe.open(new SimUsbDevice(new Script()));
    await expect(pipe.getMaxLun()).resolves.toBe(-1);
  });

  it('closes the device when the drive does not answer in time, and stays closed', async () => {
    vi.useFakeTimers();
    const device = new SimUsbDevice(new Script());
    const pipe = await WebUsbPipe.open(device);
    pipe.beginCommand(5000);
    const read = pipe.bulkIn(10);
    const seen = expect(read).rejects.toMatchObject({ kind: 'timeout' });
    await vi.advanceTimersByTimeAsync(5001);
    await seen;
    expect(device.opened).toBe(false);
    await expect(pipe.bulkIn(10)).rejects.toMatchObject({ kind: 'closed' });
    vi.useRealTimers();
  });

  it('keeps the limit of the command that runs, not of one before', async () => {
    vi.useFakeTimers();
    const pipe = await WebUsbPipe.open(new SimUsbDevice(new Script([{ status: 0 }])));
    pipe.beginCommand(600_000);
    await pipe.bulkIn(10);
    pipe.beginCommand(1000);
    const seen = expect(pipe.bulkIn(10)).rejects.toMatchObject({ kind: 'timeout' });
    await vi.advanceTimersByTimeAsync(1001);
    await seen;
    vi.useRealTimers();
  });

  it('ends at once when the cable is pulled', async () => {
    const device = new SimUsbDevice(new Script());
    const pipe = await WebUsbPipe.open(device);
    const read = expect(pipe.bulkIn(10)).rejects.toMatchObject({ kind: 'disconnected', code: 'usb-gone' });
    device.unplug();
    await read;
  });

  it('begins a transfer only when the one before has ended', async () => {
    const order: string[] = [];
    const script = new Script([{ status: 3, waitMs: 5 }, { status: 0 }]);
    const pipe = await WebUsbPipe.open(new SimUsbDevice(script));
    const read = pipe.bulkIn(10).then(() => order.push('in'));
    const write = pipe.bulkOut(new Uint8Array([7])).then(() => order.push('out'));
    expect(script.sent).toHaveLength(0);
    await Promise.all([read, write]);
    expect(order).toEqual(['in', 'out']);
  });
});

describe('errors of WebUSB', () => {
  const table: [string, string, 'open' | 'claim' | 'transfer', string, string | undefined][] = [
    ['SecurityError', 'Access denied.', 'open', 'denied', 'usb-access-denied'],
    ['SecurityError', 'The requested interface implements a protected class.', 'claim', 'denied', 'usb-protected-class'],
    ['NetworkError', 'Unable to claim interface.', 'claim', 'locked', 'usb-claimed-elsewhere'],
    ['NetworkError', 'A transfer error has occurred.', 'transfer', 'disconnected', 'usb-gone'],
    ['NotFoundError', 'The device was disconnected.', 'transfer', 'disconnected', 'usb-gone'],
    ['InvalidStateError', 'The device must be opened first.', 'transfer', 'closed', 'usb-gone'],
    ['DataError', 'Something else.', 'transfer', 'other', 'usb-failed'],
  ];
  it.each(table)('%s "%s" at %s is %s', (name, message, call, kind, code) => {
    const error = classify(new DOMException(message, name), call);
    expect(error).toBeInstanceOf(PipeError);
    expect([error.kind, error.code]).toEqual([kind, code]);
  });

  it('prefers the interface that the browser lets a page claim, and finds none where none is', () => {
    expect(findBulkOnly(new SimUsbDevice(new Script([], 0x08)))?.isProtectedClass).toBe(true);
    expect(findBulkOnly(new SimUsbDevice(new Script([], 0x03)))).toBeNull();
  });
});
