/** The engine as it lives in the worker: one open drive, calls in order, one burn at a time. */
import type { CdDescription, CdSource } from '../api/cds';
import type { EngineNotice, OpenDrive, SimPace } from '../api/engine';
import { asFailure, pageFailure } from '../api/failure';
import type { BurnEvent, BurnFailure, BurnOptions, BurnPlan, BurnResult, Change, ChangeResult, DriveChoice, MediumState } from '../api/types';
import { PipeError } from '../transport/pipe';
import type { CdWriter } from '../generated/cds/webburn.js';
import { burn } from './burn';
import { burnCd, describe, planCd } from './cds';
import { ContentsSink, readInto, volumeSize } from './contents';
import { DiscWatch } from './disc-watch';
import { Hasher } from './hasher';
import { Bridge, type Link, PageSim, Usb, type Way } from './links';
import type { Calls } from './protocol';

/** What the worker tells without being asked. */
export interface Listener {
  event(event: BurnEvent): void;
  notice(notice: EngineNotice): void;
  piece(bytes: Uint8Array<ArrayBuffer>): void;
}

type AsyncCalls = { [Name in keyof Calls]: (...args: Parameters<Calls[Name]>) => Promise<ReturnType<Calls[Name]>> };

interface Open {
  choice: DriveChoice;
  link: Link;
}

/** How often the bridge is asked for its drives, and an open drive for its disc, while nothing burns. */
const LOOK_AGAIN_MS = 3000;
/** How often a drive is asked that looks at a new disc, and how many times: half a minute is the longest seen. *guess* */
const SETTLING_MS = 500;
const SETTLING_TRIES = 60;

export class WorkerEngine implements AsyncCalls {
  readonly #ways: Way[];
  readonly #bridge: Bridge;
  readonly #sim = new PageSim();
  readonly #hasher = new Hasher();
  readonly #watch = new DiscWatch();
  #open: Open | null = null;
  #pace: SimPace = { mode: 'times', factor: 10 };
  #burning = false;
  /** Burns a CD beyond data. */
  #cd: CdWriter | null = null;
  /** Calls that are at the drive: nobody asks in between. */
  #at = 0;
  #looking = false;
  #reading: ContentsSink | null = null;
  #listed = '';
  /** One past the last sector burnt here since the disc was laid in or the drive opened. */
  #burntTo = 0;

  constructor(
    origin: string | null,
    client: string,
    readonly listener: Listener,
  ) {
    this.#bridge = new Bridge(origin, client);
    this.#ways = [this.#sim, this.#bridge, new Usb()];
    setInterval(() => void this.#look(), LOOK_AGAIN_MS);
  }

  async listDrives(): Promise<DriveChoice[]> {
    const lists = await Promise.all(this.#ways.map((way) => way.list().catch(() => [])));
    const drives = lists.flat();
    this.#listed = JSON.stringify(drives);
    return drives;
  }

  async openDrive(id: string): Promise<OpenDrive> {
    await this.closeDrive();
    const drives = await this.listDrives();
    for (const way of this.#ways) {
      const link = await way.open(id);
      if (link === null) continue;
      const listed = drives.find((drive) => drive.id === id);
      try {
        link.setPace(this.#pace);
        // What the drive says of itself outranks what the list says.
        const identity = link.recorder.identity();
        const base = listed ?? { id, via: 'usb', simulated: false, ...identity };
        const choice: DriveChoice = { ...base, ...identity };
        const medium = (await link.recorder.medium()) as MediumState;
        this.#open = { choice, link };
        this.#watch.known(medium.present);
        this.#burntTo = 0;
        return { drive: choice, media: link.media, loaded: link.loaded, medium };
      } catch (thrown) {
        await link.close();
        throw thrown;
      }
    }
    throw pageFailure('no-drive-open', `there is no drive ${id}`);
  }

  async closeDrive(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    await open.link.close();
    open.link.recorder.free();
  }

  async loadMedium(id: string): Promise<MediumState> {
    const { link } = this.#drive();
    return this.#asked(async () => {
      await link.load(id);
      this.#burntTo = 0;
      return (await link.recorder.medium()) as MediumState;
    });
  }

  async setPace(pace: SimPace): Promise<void> {
    this.#pace = pace;
    this.#open?.link.setPace(pace);
  }

  async medium(): Promise<MediumState> {
    const { recorder } = this.#drive().link;
    return this.#asked(async () => (await recorder.medium()) as MediumState);
  }

  async eject(): Promise<MediumState> {
    const { link } = this.#drive();
    return this.#asked(async () => {
      await link.recorder.eject();
      this.#burntTo = 0;
      return (await link.recorder.medium()) as MediumState;
    });
  }

  describe(source: CdSource): Promise<CdDescription> {
    return describe(source);
  }

  async #withCds<T>(job: (writer: CdWriter) => Promise<T>): Promise<T> {
    this.#at += 1;
    try {
      const writer = await this.#drive().link.cds();
      this.#cd = writer;
      return await job(writer).finally(() => writer.free());
    } finally {
      this.#cd = null;
      this.#at -= 1;
    }
  }

  async plan(file: File | CdSource, options: BurnOptions): Promise<BurnPlan> {
    const { choice, link } = this.#drive();
    if (!(file instanceof File)) return this.#withCds((writer) => planCd(writer, file, options));
    const plan = (await link.recorder.plan(file.size, options)) as BurnPlan;
    if (options.verify && choice.via === 'page-sim' && file.size > PageSim.keep) {
      const args = { limit: PageSim.keep, bytes: file.size };
      throw pageFailure('contents-not-kept', 'the simulated disc cannot be read back whole', args);
    }
    return plan;
  }

  async burn(file: File | CdSource, options: BurnOptions): Promise<BurnResult> {
    const { link } = this.#drive();
    // The same refusals as before, now that the disc may be another.
    await this.plan(file, options);
    this.#burning = true;
    try {
      const tell = (event: BurnEvent) => this.listener.event(event);
      const result = await (file instanceof File
        ? burn(link.recorder, file, options, tell, this.#hasher)
        : this.#withCds((writer) => burnCd(writer, file, options, tell)));
      this.#burntTo = Math.max(this.#burntTo, result.startAddress + result.sectors);
      // It may have been reloaded to be read back.
      this.#watch.known(result.medium.present);
      return result;
    } finally {
      this.#burning = false;
    }
  }

  async planChange(change: Change): Promise<BurnPlan> {
    return (await this.#drive().link.recorder.planChange(change)) as BurnPlan;
  }

  async change(change: Change): Promise<ChangeResult> {
    const { link } = this.#drive();
    this.#burning = true;
    try {
      const result = (await link.recorder.change(change, (event: BurnEvent) => this.listener.event(event))) as ChangeResult;
      // What was burnt here before is gone, or its end is not known any more.
      if (result.medium.seemsBlank) this.#burntTo = 0;
      this.#watch.known(result.medium.present);
      return result;
    } finally {
      this.#burning = false;
    }
  }

  stop(): void {
    if (this.#cd === null) this.#open?.link.recorder.cancelWrite();
    else this.#cd.cancelWrite();
    // A reader that waits for the page must wake up to see it.
    this.#reading?.more();
  }

  async contents(): Promise<{ name: string; sectors: number }> {
    const { link } = this.#drive();
    const medium = await this.medium();
    let sectors = medium.lastWrittenAddress === null ? 0 : medium.lastWrittenAddress + 1;
    if (medium.status === 'overwritable') {
      // Such a disc reads to its end, mostly zeros: as much is saved as is known to hold anything, else all of it.
      sectors = link.written?.() ?? (Math.max(this.#burntTo, await volumeSize(link.recorder)) || medium.totalSectors);
    }
    if (sectors === 0) throw pageFailure('nothing-to-read', 'nothing is written on the disc');
    return { name: `${medium.typeName.toLowerCase().replaceAll(/[^a-z0-9+-]+/g, '-')}.iso`, sectors };
  }

  async readContents(sectors: number): Promise<number> {
    const { recorder } = this.#drive().link;
    const sink = new ContentsSink(
      sectors,
      (bytes) => this.listener.piece(bytes),
      () => recorder.cancelWrite(),
    );
    this.#reading = sink;
    try {
      await readInto(recorder, sink);
      await sink.finish();
      return sink.sectors;
    } finally {
      this.#reading = null;
    }
  }

  more(): void {
    this.#reading?.more();
  }

  /** Whatever went wrong, as the page shows it. When the drive is gone, the page is told once. */
  async failure(thrown: unknown): Promise<BurnFailure> {
    const failure =
      thrown instanceof PipeError
        ? pageFailure(thrown.code ?? 'usb-failed', thrown.message, thrown.args)
        : asFailure(thrown, 'engine-failed');
    const open = this.#open;
    if (open !== null && GONE.has(failure.code)) {
      // The engine knows a wire that broke; the way knows which.
      failure.code = open.link.ended?.()?.code ?? failure.code;
      await this.closeDrive();
      this.listener.notice({ type: 'drive-gone', drive: open.choice.id, failure });
    }
    return failure;
  }

  #drive(): Open {
    if (this.#open === null) throw pageFailure('no-drive-open', 'no drive is open');
    return this.#open;
  }

  /** A call that tells the page what lies in the drive: the watch goes on from there. */
  async #asked(call: () => Promise<MediumState>): Promise<MediumState> {
    this.#at += 1;
    try {
      const medium = await call();
      this.#watch.known(medium.present);
      return medium;
    } finally {
      this.#at -= 1;
    }
  }

  async #look(): Promise<void> {
    await this.#lookAtDisc();
    if (this.#burning || !this.#bridge.answered) return;
    const before = this.#listed;
    const drives = await this.listDrives();
    if (before !== '' && before !== this.#listed) this.listener.notice({ type: 'drives', drives });
  }

  /** Nobody changes the disc of the drive in the page by hand; every other drive is asked. */
  async #lookAtDisc(): Promise<void> {
    const open = this.#open;
    const free = () => this.#open === open && !this.#burning && this.#reading === null && this.#at === 0;
    if (open === null || open.choice.via === 'page-sim' || !free() || this.#looking) return;
    this.#looking = true;
    try {
      let changed = await this.#watch.changed(open.link.recorder);
      for (let tries = 0; changed === 'later' && tries < SETTLING_TRIES && free(); tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
        if (free()) changed = await this.#watch.changed(open.link.recorder);
      }
      if (changed !== true || !free()) return;
      this.#burntTo = 0;
      const medium = await this.medium();
      if (this.#open === open && !this.#burning) this.listener.notice({ type: 'medium', drive: open.choice.id, medium });
    } catch (thrown) {
      // A drive that is gone is told; whatever else went wrong meets whoever asks next.
      if (this.#open === open) await this.failure(thrown);
    } finally {
      this.#looking = false;
    }
  }
}

/** Failures after which the way to the drive is of no more use. */
const GONE = new Set(['drive-gone', 'connection-closed', 'drive-timeout', 'bridge-gone', 'usb-gone']);
