/** The façade's implementation: one worker, a message a call. */
import type { FromWorker, CallName, Calls, ToWorker } from '../worker/protocol';
import { chooseDevice, findBulkOnly } from '../transport/webusb';
import { BurnGuard } from './burn-guard';
import { probe } from './capabilities';
import { discContents } from './contents';
import type { CdDescription, CdSource } from './cds';
import type { Capabilities, DiscContents, Engine, EngineNotice, OpenDrive, SimPace } from './engine';
import { asFailure, pageFailure } from './failure';
import type { BurnEvent, BurnFailure, BurnOptions, BurnPlan, BurnResult, Change, ChangeResult, DriveChoice, MediumState, SimMedium } from './types';

interface Waiting {
  resolve(value: never): void;
  reject(failure: BurnFailure): void;
}

export class PageEngine implements Engine {
  readonly capabilities: Capabilities = probe();
  #worker!: Worker;
  #nextId = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(notice: EngineNotice) => void>();
  #onEvent: ((event: BurnEvent) => void) | null = null;
  #onPiece: ((bytes: Uint8Array<ArrayBuffer>) => void) | null = null;
  #open: OpenDrive | null = null;

  private constructor() {
    // `start` is the way in: it waits for the worker.
  }

  static async start(): Promise<Engine> {
    const engine = new PageEngine();
    if (!engine.capabilities.wasm) throw pageFailure('no-wasm', 'WebAssembly is missing');
    if (!engine.capabilities.workers) throw pageFailure('engine-failed', 'Worker is missing');
    await engine.#startWorker();
    return engine;
  }

  listDrives(): Promise<DriveChoice[]> {
    return this.#call('listDrives');
  }

  async openDrive(id: string): Promise<OpenDrive> {
    this.#open = null;
    this.#open = await this.#call('openDrive', id);
    return this.#open;
  }

  async closeDrive(): Promise<void> {
    this.#open = null;
    await this.#call('closeDrive');
  }

  async chooseUsb(): Promise<DriveChoice | null> {
    if (!this.capabilities.webUsb) throw pageFailure('no-webusb', 'this browser has no WebUSB');
    let device: USBDevice | null;
    try {
      device = await chooseDevice();
    } catch (thrown) {
      const { code, message } = thrown as { code?: string; message?: string };
      throw pageFailure(code ?? 'usb-failed', message ?? String(thrown));
    }
    if (device === null) return null;
    if (findBulkOnly(device) === null) throw pageFailure('usb-no-bulk-only', 'no interface speaks bulk-only transport');
    const usb = (await this.listDrives()).filter((drive) => drive.via === 'usb');
    const chosen = device;
    const same = usb.filter(
      (drive) => drive.vendor === (chosen.manufacturerName ?? '') && drive.product === (chosen.productName ?? ''),
    );
    // Two of the same make: the worker numbers them as they are granted, so the last is the one just chosen.
    return same.at(-1) ?? usb.at(-1) ?? null;
  }

  media(): SimMedium[] {
    return this.#open?.media ?? [];
  }

  loadMedium(id: string): Promise<MediumState> {
    return this.#call('loadMedium', id);
  }

  setPace(pace: SimPace): Promise<void> {
    return this.#call('setPace', pace);
  }

  medium(): Promise<MediumState> {
    return this.#call('medium');
  }

  eject(): Promise<MediumState> {
    return this.#call('eject');
  }

  describe(source: CdSource): Promise<CdDescription> {
    return this.#call('describe', source);
  }

  plan(file: File | CdSource, options: BurnOptions): Promise<BurnPlan> {
    return this.#call('plan', file, options);
  }

  burn(file: File | CdSource, options: BurnOptions, onEvent: (event: BurnEvent) => void): Promise<BurnResult> {
    return this.#guarded(onEvent, () => this.#call('burn', file, options));
  }

  planChange(change: Change): Promise<BurnPlan> {
    return this.#call('planChange', change);
  }

  change(change: Change, onEvent: (event: BurnEvent) => void): Promise<ChangeResult> {
    return this.#guarded(onEvent, () => this.#call('change', change));
  }

  async #guarded<T>(onEvent: (event: BurnEvent) => void, job: () => Promise<T>): Promise<T> {
    if (this.#onEvent !== null) throw pageFailure('burn-running', 'a burn is running');
    const drive = this.#open?.drive;
    if (drive === undefined) throw pageFailure('no-drive-open', 'no drive is open');
    this.#onEvent = onEvent;
    const guard = new BurnGuard(drive.id);
    try {
      if (!(await guard.hold())) throw pageFailure('drive-in-other-tab', 'another tab burns with this drive');
      return await job();
    } finally {
      this.#onEvent = null;
      guard.release();
    }
  }

  stop(): void {
    if (this.#onEvent !== null) this.#post({ type: 'stop' });
  }

  async saveContents(): Promise<DiscContents> {
    const { name, sectors } = await this.#call('contents');
    return discContents(name, sectors, {
      read: (onPiece) => {
        this.#onPiece = onPiece;
        return this.#call('readContents', sectors).finally(() => {
          this.#onPiece = null;
        });
      },
      more: () => this.#post({ type: 'more' }),
      stop: () => this.#post({ type: 'stop' }),
    });
  }

  subscribe(listener: (notice: EngineNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #call<Name extends CallName>(name: Name, ...args: Parameters<Calls[Name]>): Promise<ReturnType<Calls[Name]>> {
    this.#nextId += 1;
    const id = this.#nextId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post({ type: 'call', id, name, args });
    });
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #startWorker(): Promise<void> {
    const worker = new Worker(new URL('../worker/engine.worker.ts', import.meta.url), {
      type: 'module',
      name: 'webburn engine',
    });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
        if (worker !== this.#worker) return;
        if (data.type === 'ready') resolve();
        else if (data.type === 'failed-to-start') reject(data.failure);
        else this.#hear(data);
      });
      worker.addEventListener('error', (event) => {
        reject(pageFailure('engine-failed', event.message));
        if (worker === this.#worker) this.#crashed(event.message);
      });
      // A bridge can only be where the page came from.
      const origin = location.protocol.startsWith('http') ? location.origin : null;
      this.#post({ type: 'start', origin, client: 'webburn page' });
    });
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case 'done':
        this.#settle(message.id, (waiting) => waiting.resolve(message.value as never));
        break;
      case 'failed':
        this.#settle(message.id, (waiting) => waiting.reject(message.failure));
        break;
      case 'event':
        this.#onEvent?.(message.event);
        break;
      case 'piece':
        this.#onPiece?.(message.bytes);
        break;
      case 'notice':
        if (message.notice.type === 'drive-gone') this.#open = null;
        this.#tell(message.notice);
        break;
      case 'broken':
        this.#crashed(message.message);
        break;
      default:
    }
  }

  #settle(id: number, how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting !== undefined) how(waiting);
  }

  #tell(notice: EngineNotice): void {
    for (const listener of this.#listeners) listener(notice);
  }

  /** Ends the worker and everything that waits for it, and starts another. */
  #crashed(message: string): void {
    this.#worker.terminate();
    this.#open = null;
    const wrote = this.#onEvent !== null;
    const failure = pageFailure('engine-failed', message, {}, { refusedBeforeWriting: !wrote });
    for (const id of this.#waiting.keys()) this.#settle(id, (waiting) => waiting.reject(failure));
    this.#startWorker().then(
      () => this.#tell({ type: 'crashed', failure }),
      (thrown: unknown) => this.#tell({ type: 'crashed', failure: asFailure(thrown, 'engine-failed') }),
    );
  }
}
