/**
 * What a person's actions do: calls to the engine, and the events that follow. Holds no state but tickets and a timer;
 * knows no DOM. Each method may be called at any time; what does not fit the stage does nothing.
 */
import type { Engine, EngineNotice, SimPace } from '../api/engine';
import { canComplete, cdOf, type CdSource } from '../api/cds';
import { asFailure as failureOf, pageFailure } from '../api/failure';
import type { BurnEvent, BurnFailure, BurnOptions, Change, DriveChoice, MediumState } from '../api/types';
import { CdDesk, stillThere } from './cd-desk';
import type { Event } from './events';
import { isGone } from './reduce';
import { probeImage } from './probe-image';
import { isBusy, isOver, type Progress, type State, type Tab } from './state';

/** Gauges change at most four times a second. */
const GAUGE_MS = 250;

export interface Ports {
  start: () => Promise<Engine>;
  get: () => State;
  dispatch: (event: Event) => void;
  now?: () => number;
}

/** Where saved contents go. */
export interface Keep {
  blob: (blob: Blob, name: string) => void;
  /** Asks for a file to write to; `null` when the person chose none. */
  file: (name: string) => Promise<WritableStream<Uint8Array<ArrayBuffer>> | null>;
}

/** What was thrown, as a failure. An exception that is none is a mistake of ours and says so. */
const asFailure = (thrown: unknown, code = 'internal') => failureOf(thrown, code);

export class Controller {
  readonly #ports: Ports;
  #engine: Engine | null = null;
  #tickets = 0;
  #waiting: { type: 'burn-event' | 'rework-event'; event: Progress } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  readonly #cds: CdDesk;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#cds = new CdDesk({
      engine: () => this.#engine,
      get: ports.get,
      tell: (event) => this.#tell(event),
      now: () => this.#now(),
      ticket: () => (this.#tickets += 1),
      replan: () => this.#replan(),
    });
  }

  #now(): number {
    return (this.#ports.now ?? Date.now)();
  }

  #tell(event: Event): void {
    this.#ports.dispatch(event);
  }

  async start(): Promise<void> {
    try {
      const engine = await this.#ports.start();
      this.#engine = engine;
      engine.subscribe((notice) => this.#noticed(notice));
      const drives = await engine.listDrives();
      this.#tell({ type: 'started', capabilities: engine.capabilities, drives });
    } catch (thrown) {
      this.#tell({ type: 'start-failed', at: this.#now(), failure: asFailure(thrown, 'engine-failed') });
    }
  }

  #noticed(notice: EngineNotice): void {
    const at = this.#now();
    switch (notice.type) {
      case 'drives':
        return this.#tell({ type: 'drives', drives: notice.drives });
      case 'medium': {
        const { stage } = this.#ports.get();
        // A simulated drive reports the disc that was just laid in: that answer comes by itself.
        if (stage.at === 'ready' && stage.changing) return;
        this.#tell({ type: 'disc', at, medium: notice.medium });
        void this.#replan();
        return;
      }
      case 'drive-gone':
        return this.#tell({ type: 'drive-gone', at, failure: notice.failure });
      case 'crashed':
        return this.#tell({ type: 'crashed', at, failure: notice.failure });
    }
  }

  /** Opens a drive, and closes the one before. */
  async choose(drive: DriveChoice): Promise<void> {
    const engine = this.#engine;
    if (engine === null || isBusy(this.#ports.get().stage)) return;
    this.#tell({ type: 'opening', drive });
    try {
      if (drive.via === 'page-sim') await engine.setPace(this.#ports.get().pace);
      const open = await engine.openDrive(drive.id);
      this.#tell({ type: 'opened', at: this.#now(), open });
      await this.#replan();
    } catch (thrown) {
      this.#tell({ type: 'open-failed', at: this.#now(), drive, failure: asFailure(thrown) });
    }
  }

  /** The browser's chooser. Call it straight from a click. */
  async chooseUsb(): Promise<void> {
    const engine = this.#engine;
    if (engine === null || isBusy(this.#ports.get().stage)) return;
    try {
      const drive = await engine.chooseUsb();
      if (drive === null) {
        this.#tell({ type: 'open-failed', at: this.#now(), drive: null, failure: pageFailure('usb-none-chosen', '') });
        return;
      }
      this.#tell({ type: 'drives', drives: await engine.listDrives() });
      await this.choose(drive);
    } catch (thrown) {
      this.#tell({ type: 'open-failed', at: this.#now(), drive: null, failure: asFailure(thrown) });
    }
  }

  async loadMedium(id: string): Promise<void> {
    await this.#withDisc(async (engine) => {
      const medium = await engine.loadMedium(id);
      this.#tell({ type: 'disc', at: this.#now(), medium, loaded: id });
    });
  }

  /** Asks the disc anew. */
  async look(): Promise<void> {
    await this.#withDisc(async (engine) => {
      this.#tell({ type: 'disc', at: this.#now(), medium: await engine.medium() });
    });
  }

  async #withDisc(act: (engine: Engine) => Promise<void>): Promise<void> {
    const engine = this.#engine;
    if (engine === null || this.#ports.get().stage.at !== 'ready') return;
    this.#tell({ type: 'disc-changing' });
    try {
      await act(engine);
      await this.#replan();
    } catch (thrown) {
      this.#tell({ type: 'disc-trouble', at: this.#now(), failure: asFailure(thrown) });
    }
  }

  async eject(): Promise<void> {
    const engine = this.#engine;
    const { stage } = this.#ports.get();
    if (engine === null || (stage.at !== 'ready' && !isOver(stage))) return;
    if (stage.at === 'ready') this.#tell({ type: 'disc-changing' });
    try {
      const medium = await engine.eject();
      this.#tell({ type: 'ejected', at: this.#now(), medium });
      await this.#replan();
    } catch (thrown) {
      this.#tell({ type: 'disc-trouble', at: this.#now(), failure: asFailure(thrown) });
    }
  }

  async setPace(pace: SimPace): Promise<void> {
    this.#tell({ type: 'pace', pace });
    await this.#engine?.setPace(pace).catch(() => undefined);
  }

  /** What was chosen or dropped: more for the CD that is being put together, a CD beyond data, else the first of the files as an image. */
  async chooseFiles(files: readonly File[]): Promise<void> {
    const { stage, image } = this.#ports.get();
    if (this.#engine === null || isBusy(stage) || files[0] === undefined) return;
    if (isOver(stage)) this.back();
    const lacks = image?.cd !== undefined && image.probe.kind === 'failed' && image.probe.failure.code === 'image-file-missing';
    if (lacks && canComplete(files)) await this.#cds.add(files);
    else if (!(await this.#cds.choose(files))) await this.chooseImage(files[0]);
  }

  /** Dropped: music beside the music that is there; all else is another choice. */
  async dropFiles(files: readonly File[]): Promise<void> {
    const adds = this.#ports.get().image?.cd?.source.audio && cdOf(files)?.audio;
    await (adds ? this.addFiles(files) : this.chooseFiles(files));
  }

  /** More files for the CD: tracks behind the last one, or what its description names. */
  async addFiles(files: readonly File[]): Promise<void> {
    if (!isBusy(this.#ports.get().stage)) await this.#cds.add(files);
  }

  /** Arranges the CD anew. */
  async arrange(edit: (source: CdSource) => CdSource): Promise<void> {
    if (!isBusy(this.#ports.get().stage)) await this.#cds.change(edit);
  }

  async setTab(tab: Tab): Promise<void> {
    this.#tell({ type: 'tab', tab });
    await this.#replan();
  }

  async chooseImage(file: File): Promise<void> {
    if (isBusy(this.#ports.get().stage)) return;
    const ticket = ++this.#tickets;
    const image = { ticket, file, name: file.name, bytes: file.size, probe: { kind: 'reading' } as const };
    this.#tell({ type: 'image', at: this.#now(), image });
    if (isOver(this.#ports.get().stage)) this.back();
    const planned = this.#replan();
    const probe = await probeImage(file);
    this.#tell({ type: 'image-probed', ticket, probe });
    await planned;
  }

  removeImage(): void {
    this.#tell({ type: 'image-removed' });
  }

  async setOptions(patch: Partial<BurnOptions>): Promise<void> {
    this.#tell({ type: 'options', patch });
    await this.#replan();
  }

  async #replan(): Promise<void> {
    const { stage, image, options } = this.#ports.get();
    // A CD is planned once its files have been looked at.
    if (this.#engine === null || stage.at !== 'ready' || image === null || (image.cd !== undefined && image.probe.kind !== 'read')) return;
    const ticket = ++this.#tickets;
    this.#tell({ type: 'planning', ticket });
    try {
      const plan = await this.#engine.plan(image.cd?.source ?? image.file, options);
      this.#tell({ type: 'planned', ticket, plan });
    } catch (thrown) {
      this.#tell({ type: 'plan-refused', ticket, failure: asFailure(thrown) });
    }
  }

  async burn(): Promise<void> {
    const engine = this.#engine;
    const { stage, image, options } = this.#ports.get();
    if (engine === null || image === null || stage.at !== 'ready' || stage.planning.kind !== 'ready') return;
    this.#tell({ type: 'burn', at: this.#now() });
    try {
      await stillThere(image);
      const result = await engine.burn(image.cd?.source ?? image.file, options, (event) => this.#jobEvent('burn-event', event));
      this.#flush();
      this.#tell({ type: 'burnt', at: this.#now(), result });
    } catch (thrown) {
      this.#flush();
      const failure = await this.#named(asFailure(thrown));
      this.#tell({ type: 'burn-failed', at: this.#now(), failure: { ...failure, medium: await this.#mediumAfter(failure) } });
    }
  }

  /** Asks about an erase or format, and what it would do; `null`: the disc stays as it is. */
  async wish(change: Change | null): Promise<void> {
    const engine = this.#engine;
    if (engine === null || this.#ports.get().stage.at !== 'ready') return;
    this.#tell({ type: 'wish', change });
    if (change === null) return;
    const ticket = ++this.#tickets;
    this.#tell({ type: 'wish-planning', ticket });
    try {
      this.#tell({ type: 'wish-planned', ticket, plan: await engine.planChange(change) });
    } catch (thrown) {
      this.#tell({ type: 'wish-refused', ticket, failure: asFailure(thrown) });
    }
  }

  /** Does what was wished. */
  async rework(): Promise<void> {
    const engine = this.#engine;
    const { stage } = this.#ports.get();
    if (engine === null || stage.at !== 'ready' || stage.wish?.planning.kind !== 'ready') return;
    const { change } = stage.wish;
    this.#tell({ type: 'rework', at: this.#now() });
    try {
      const result = await engine.change(change, (event) => this.#jobEvent('rework-event', event));
      this.#flush();
      this.#tell({ type: 'reworked', at: this.#now(), result });
    } catch (thrown) {
      this.#flush();
      const failure = await this.#named(asFailure(thrown));
      this.#tell({ type: 'rework-failed', at: this.#now(), failure: { ...failure, medium: await this.#mediumAfter(failure) } });
    }
  }

  /** A drive behind a bridge that is gone itself: that is the thing to say. */
  async #named(failure: BurnFailure): Promise<BurnFailure> {
    const { stage } = this.#ports.get();
    if (this.#engine === null || !('open' in stage) || stage.open?.drive.via !== 'bridge') return failure;
    if (failure.code !== 'drive-gone' && failure.code !== 'connection-closed') return failure;
    const drives = await this.#engine.listDrives().catch(() => []);
    return drives.some((d) => d.via === 'bridge') ? failure : { ...failure, code: 'bridge-gone' };
  }

  /** The disc's true state after a failure: as the engine told it, else asked now, else unknown. */
  async #mediumAfter(failure: BurnFailure): Promise<MediumState | null> {
    if (failure.medium !== null || this.#engine === null || isGone(failure)) return failure.medium;
    return this.#engine.medium().catch(() => null);
  }

  /** Phases and notes at once and in order; of gauges the latest, four times a second. */
  #jobEvent(type: 'burn-event' | 'rework-event', event: BurnEvent): void {
    if (event.type !== 'progress') {
      this.#flush();
      this.#tell({ type, at: this.#now(), event });
      return;
    }
    if (this.#timer !== null) {
      this.#waiting = { type, event };
      return;
    }
    this.#tell({ type, at: this.#now(), event });
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const waiting = this.#waiting;
      this.#waiting = null;
      if (waiting !== null) this.#jobEvent(waiting.type, waiting.event);
    }, GAUGE_MS);
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) this.#tell({ type: waiting.type, at: this.#now(), event: waiting.event });
  }

  askStop(): void {
    this.#tell({ type: 'stop-asked' });
  }

  keepBurning(): void {
    this.#tell({ type: 'stop-withdrawn' });
  }

  stop(): void {
    this.#tell({ type: 'stop', at: this.#now() });
    this.#engine?.stop();
  }

  /** From a verdict back to the image; the disc is asked anew. */
  back(): void {
    this.#tell({ type: 'back' });
    void this.look();
  }

  /** Saves what a reader would read: through memory when it is small, else straight into a file. */
  async save(keep: Keep): Promise<void> {
    const engine = this.#engine;
    if (engine === null || this.#ports.get().saving.kind === 'running') return;
    try {
      this.#tell({ type: 'saving', at: this.#now(), saving: { kind: 'running', done: 0, total: 0 } });
      const contents = await engine.saveContents();
      let shown = 0;
      const progress = (done: number) => {
        const now = this.#now();
        if (now - shown < GAUGE_MS) return;
        shown = now;
        this.#tell({ type: 'saving', at: now, saving: { kind: 'running', done, total: contents.bytes } });
      };
      if (contents.bytes > contents.maxBlobBytes && engine.capabilities.savePicker) {
        const file = await keep.file(contents.name);
        if (file === null) return this.#tell({ type: 'saving', at: this.#now(), saving: { kind: 'no' } });
        await contents.stream(progress).pipeTo(file);
      } else {
        keep.blob(await contents.blob(progress), contents.name);
      }
      this.#tell({ type: 'saving', at: this.#now(), saving: { kind: 'saved', name: contents.name, bytes: contents.bytes } });
    } catch (thrown) {
      this.#tell({ type: 'saving', at: this.#now(), saving: { kind: 'failed', failure: asFailure(thrown, 'save-failed') } });
    }
  }
}
