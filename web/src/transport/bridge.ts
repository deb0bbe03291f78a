/** The bridge that serves this page: its list of drives, and a channel of frames to one of them. */
import { type FrameChannel, PipeError } from './pipe';

export interface BridgeDrive {
  id: string;
  vendor: string;
  product: string;
  revision: string;
  simulated: boolean;
  /** Id of the disc in a simulated drive. */
  medium: string | null;
  media: { id: string; label: string }[];
  /** Who holds the lease. */
  held_by: string | null;
}

/** Is the server behind this page a bridge? A static server answers something else, or not at all. */
export async function hello(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/v1/hello`, { cache: 'no-store' });
    if (!response.ok) return false;
    const answer: unknown = await response.json();
    return typeof answer === 'object' && answer !== null && (answer as { name?: unknown }).name === 'webburn';
  } catch {
    return false;
  }
}

/** The drives behind the bridge. */
export async function drives(origin: string): Promise<BridgeDrive[]> {
  const response = await ask(`${origin}/v1/drives`, { cache: 'no-store' });
  return (await response.json()) as BridgeDrive[];
}

/** Lays a disc into a simulated drive. */
export async function putMedium(origin: string, drive: string, medium: string): Promise<void> {
  await ask(`${origin}/v1/drives/${encodeURIComponent(drive)}/medium`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ medium }),
  });
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (thrown) {
    throw new PipeError('disconnected', String(thrown), 'bridge-gone');
  }
  if (response.ok) return response;
  const words = (await response.text().catch(() => '')).slice(0, 500);
  throw new PipeError('denied', `${response.status} ${words}`, 'bridge-refused', { status: response.status });
}

/** A WebSocket to one drive. Whether the drive could be leased is said in the server's first frame. */
export class BridgeChannel implements FrameChannel {
  tag = 0;
  epoch = 1;
  /** The server's first frame: whoever comes after the first user needs it, too. */
  hello: Uint8Array | undefined;
  readonly #socket: WebSocket;
  readonly #frames: Uint8Array[] = [];
  #ended: PipeError | undefined;
  /** Wakes whoever waits in `ready`. */
  #news: (() => void) | undefined;
  /** Tells whoever waits in `ready` that it is too late. */
  #late: (() => void) | undefined;
  /** When it is too late for whoever waits, by `performance.now()`; Infinity when nobody does. */
  #deadline = Infinity;
  /** The one timer, and when it fires. Replies do not stop it: it looks at the deadline when it fires. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fires = Infinity;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', (event: MessageEvent<ArrayBuffer>) => {
      this.#frames.push(new Uint8Array(event.data));
      this.#news?.();
    });
    socket.addEventListener('close', (event) => this.#end(event));
  }

  static open(origin: string, drive: string, client: string): Promise<BridgeChannel> {
    const path = `/v1/drives/${encodeURIComponent(drive)}/scsi?client=${encodeURIComponent(client)}`;
    const socket = new WebSocket(origin.replace(/^http/, 'ws') + path);
    socket.binaryType = 'arraybuffer';
    return new Promise((resolve, reject) => {
      const channel = new BridgeChannel(socket);
      socket.addEventListener('open', () => resolve(channel), { once: true });
      socket.addEventListener('close', () => reject(channel.#ended), { once: true });
    });
  }

  send(frame: Uint8Array<ArrayBuffer>): void {
    if (this.#ended !== undefined) throw this.#ended;
    // Copied before `send` returns (WebSockets standard, the send() method).
    this.#socket.send(frame);
  }

  take(): Uint8Array | undefined {
    const frame = this.#frames.shift();
    this.hello ??= frame;
    return frame;
  }

  ready(limitMs: number): Promise<void> {
    if (this.#frames.length > 0) return Promise.resolve();
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const over = (): void => {
        this.#news = undefined;
        this.#late = undefined;
        this.#deadline = Infinity;
      };
      this.#late = () => {
        over();
        reject(new PipeError('timeout', `the bridge did not answer within ${limitMs} ms`));
      };
      this.#deadline = performance.now() + limitMs;
      this.#watch();
      this.#news = () => {
        over();
        if (this.#frames.length > 0) resolve();
        else reject(this.#ended);
      };
    });
  }

  /** Why the connection has ended, if it has. */
  get ended(): PipeError | undefined {
    return this.#ended;
  }

  close(): void {
    this.#socket.close(1000);
  }

  /** Sees to it that the timer fires no later than the deadline. Starting and stopping one for each reply costs more. */
  #watch(): void {
    if (this.#fires <= this.#deadline) return;
    clearTimeout(this.#timer);
    this.#fires = this.#deadline;
    const wait = Math.min(Math.ceil(this.#deadline - performance.now()), MAX_TIMER_MS);
    this.#timer = setTimeout(() => {
      this.#fires = Infinity;
      if (performance.now() >= this.#deadline) this.#late?.();
      else if (this.#deadline < Infinity) this.#watch();
    }, wait);
  }

  #end(event: CloseEvent): void {
    clearTimeout(this.#timer);
    this.#fires = Infinity;
    const words = `the connection to the bridge ended (${event.code}${event.reason === '' ? '' : ` ${event.reason}`})`;
    this.#ended = new PipeError('disconnected', words, 'bridge-gone');
    this.#news?.();
  }
}

/** `setTimeout` counts in 31 bits. */
const MAX_TIMER_MS = 0x7fff_ffff;
