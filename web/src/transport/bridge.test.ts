import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BridgeChannel, drives, hello } from './bridge';

/** A socket by hand. */
class Socket extends EventTarget {
  static last: Socket;
  binaryType = '';
  readonly sent: Uint8Array[] = [];
  constructor(readonly url: string) {
    super();
    Socket.last = this;
  }
  send(frame: Uint8Array): void {
    this.sent.push(frame);
  }
  close(): void {
    this.end(1000);
  }
  open(): void {
    this.dispatchEvent(new Event('open'));
  }
  frame(...bytes: number[]): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: new Uint8Array(bytes).buffer }));
  }
  end(code: number, reason = ''): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
  }
}

const ORIGIN = 'http://127.0.0.1:8470';

async function channel(): Promise<{ channel: BridgeChannel; socket: Socket }> {
  const opening = BridgeChannel.open(ORIGIN, 'sim 0', 'a page');
  const socket = Socket.last;
  socket.open();
  return { channel: await opening, socket };
}

beforeEach(() => vi.stubGlobal('WebSocket', Socket));
afterEach(() => vi.unstubAllGlobals());

describe('the channel', () => {
  it('goes to the drive, with the name of the client', async () => {
    const { socket } = await channel();
    expect(socket.url).toBe('ws://127.0.0.1:8470/v1/drives/sim%200/scsi?client=a%20page');
    expect(socket.binaryType).toBe('arraybuffer');
  });

  it('keeps frames in order until they are taken', async () => {
    const { channel: it_, socket } = await channel();
    socket.frame(1);
    socket.frame(2);
    await it_.ready(10);
    expect([it_.take(), it_.take(), it_.take()].map((frame) => frame?.[0])).toEqual([1, 2, undefined]);
    const waiting = it_.ready(1000);
    socket.frame(3);
    await waiting;
    expect(it_.take()?.[0]).toBe(3);
  });

  it('says when nothing came in time, and loses nothing by it', async () => {
    const { channel: it_, socket } = await channel();
    await expect(it_.ready(5)).rejects.toMatchObject({ kind: 'timeout' });
    socket.frame(4);
    await it_.ready(5);
    expect(it_.take()?.[0]).toBe(4);
  });

  it('keeps one timer for many replies, and each wait its own limit', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const { channel: it_, socket } = await channel();
      for (let i = 0; i < 10; i += 1) {
        const waiting = it_.ready(1000);
        socket.frame(i);
        await waiting;
        it_.take();
        await vi.advanceTimersByTimeAsync(90);
      }
      expect(vi.getTimerCount()).toBe(1);
      let said = '';
      it_.ready(1000).catch((thrown: { kind: string }) => (said = thrown.kind));
      // The timer of the first wait fires now, and is not this one's.
      await vi.advanceTimersByTimeAsync(999);
      expect(said).toBe('');
      await vi.advanceTimersByTimeAsync(1);
      expect(said).toBe('timeout');
      // A shorter limit is not kept waiting by the timer of a longer one.
      const long = it_.ready(60_000);
      socket.frame(1);
      await long;
      it_.take();
      const short = expect(it_.ready(10)).rejects.toMatchObject({ kind: 'timeout' });
      await vi.advanceTimersByTimeAsync(10);
      await short;
      const last = expect(it_.ready(1000)).rejects.toMatchObject({ code: 'bridge-gone' });
      socket.end(1006);
      await last;
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('says that the bridge is gone, to whoever waits and to whoever comes', async () => {
    const { channel: it_, socket } = await channel();
    const waiting = expect(it_.ready(1000)).rejects.toMatchObject({ kind: 'disconnected', code: 'bridge-gone' });
    socket.end(1006);
    await waiting;
    await expect(it_.ready(1000)).rejects.toMatchObject({ code: 'bridge-gone' });
    expect(() => it_.send(new Uint8Array(1))).toThrow('1006');
  });

  it('gives the last frames before it says that the bridge is gone', async () => {
    const { channel: it_, socket } = await channel();
    socket.frame(5);
    socket.end(4409, 'held');
    await it_.ready(10);
    expect(it_.take()?.[0]).toBe(5);
    await expect(it_.ready(10)).rejects.toMatchObject({ code: 'bridge-gone' });
  });
});

describe('the questions', () => {
  it('takes a static server for none', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<!doctype html>')));
    await expect(hello(ORIGIN)).resolves.toBe(false);
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')));
    await expect(hello(ORIGIN)).resolves.toBe(false);
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ name: 'webburn', version: '0.1.0' })));
    await expect(hello(ORIGIN)).resolves.toBe(true);
  });

  it('tells a bridge that refuses from one that is gone', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('no', { status: 421 })));
    await expect(drives(ORIGIN)).rejects.toMatchObject({ code: 'bridge-refused', args: { status: 421 } });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')));
    await expect(drives(ORIGIN)).rejects.toMatchObject({ code: 'bridge-gone' });
  });
});
