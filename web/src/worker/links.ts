/** The ways to a drive: each opens one and gives the engine's handle to it. */
import type { SimPace } from '../api/engine';
import { pageFailure } from '../api/failure';
import type { DriveChoice, SimMedium } from '../api/types';
import { CdWriter } from '../generated/cds/webburn.js';
import { DiscRecorder2, SimUsb } from '../generated/webburn.js';
import * as bridge from '../transport/bridge';
import { PipeError } from '../transport/pipe';
import { SimUsbDevice } from '../transport/sim-usb';
import { grantedDevices, watchDevices, WebUsbPipe } from '../transport/webusb';
import { load } from './cds';

/** An open way to one drive. */
export interface Link {
  recorder: DiscRecorder2;
  media: SimMedium[];
  loaded: string | null;
  /** Lays a disc in; rejects for a drive that is not simulated. */
  load(medium: string): Promise<void>;
  setPace(pace: SimPace): void;
  /** The same drive for CDs beyond data. */
  cds(): Promise<CdWriter>;
  /** One past the last sector ever written, where the way knows more than the drive tells. */
  written?(): number;
  /** Why the way has ended by itself, if it has. */
  ended?(): PipeError | undefined;
  close(): Promise<void>;
}

/** One kind of way. */
export interface Way {
  list(): Promise<DriveChoice[]>;
  /** `null`: the id is not of this kind. */
  open(id: string): Promise<Link | null>;
}

function notSimulated(): Promise<never> {
  return Promise.reject(pageFailure('unknown-medium', 'the drive is not a simulated one'));
}

async function cdWriter(id: string, pipe: WebUsbPipe, clock?: SimClock): Promise<CdWriter> {
  await load();
  return CdWriter.fromUsb(id, pipe, clock);
}

function factorOf(pace: SimPace): number {
  if (pace.mode === 'instant') return 0;
  return pace.mode === 'times' ? pace.factor : 1;
}

/** A drive that does not answer is let go of again. */
async function usbRecorder(id: string, pipe: WebUsbPipe, clock?: SimClock): Promise<DiscRecorder2> {
  try {
    return await DiscRecorder2.fromUsb(id, pipe, clock);
  } catch (thrown) {
    await pipe.close();
    throw thrown;
  }
}

function noop(): void {
  // Devices that come are found when the list is asked for.
}

/** The host's clock for the drive in the page: when that does not wait for anything, neither does the host. */
export class SimClock {
  /** Sleeping takes no time; the drive's own time passes instead. */
  skips = false;
  #skipped = 0;
  readonly #sim: SimUsb;

  constructor(sim: SimUsb) {
    this.#sim = sim;
  }

  now(): number {
    return performance.now() + this.#skipped;
  }

  sleep(ms: number): Promise<void> {
    if (!this.skips) return new Promise((resolve) => setTimeout(resolve, ms));
    this.#skipped += ms;
    this.#sim.skip(ms);
    return Promise.resolve();
  }
}

/** The drive that lives in this page, reached through the same code as one on a cable. */
export class PageSim implements Way {
  static readonly id = 'page-sim';
  /** Bytes of a disc that are kept; beyond, only digests are. */
  static readonly keep = 1024 * 1024 * 1024;
  readonly #sim = new SimUsb('none', PageSim.keep);
  readonly #clock = new SimClock(this.#sim);
  readonly device = new SimUsbDevice(this.#sim);

  get sim(): SimUsb {
    return this.#sim;
  }

  async list(): Promise<DriveChoice[]> {
    return [{ ...this.#sim.identity(), id: PageSim.id, via: 'page-sim', simulated: true }];
  }

  async open(id: string): Promise<Link | null> {
    if (id !== PageSim.id) return null;
    const pipe = await WebUsbPipe.open(this.device);
    const sim = this.#sim;
    return {
      recorder: await usbRecorder(id, pipe, this.#clock),
      media: SimUsb.media(),
      loaded: sim.loaded(),
      load: async (medium) => sim.load(medium),
      setPace: (pace) => {
        this.#clock.skips = pace.mode === 'instant';
        sim.setPace(factorOf(pace), performance.now());
      },
      cds: () => cdWriter(id, pipe, this.#clock),
      written: () => sim.written(),
      close: () => pipe.close(),
    };
  }
}

/** The drives behind the bridge that serves this page. */
export class Bridge implements Way {
  /** Has it ever answered? A static server is not asked again and again. */
  answered = false;

  constructor(
    readonly origin: string | null,
    readonly client: string,
  ) {}

  async drives(): Promise<bridge.BridgeDrive[]> {
    if (this.origin === null) return [];
    try {
      if (!this.answered && !(await bridge.hello(this.origin))) return [];
      this.answered = true;
      return await bridge.drives(this.origin);
    } catch {
      // Gone: its drives are gone from the list, too.
      return [];
    }
  }

  async list(): Promise<DriveChoice[]> {
    return (await this.drives()).map((drive) => {
      const choice: DriveChoice = {
        id: `bridge:${drive.id}`,
        via: 'bridge',
        vendor: drive.vendor,
        product: drive.product,
        revision: drive.revision,
        simulated: drive.simulated,
      };
      return drive.held_by === null ? choice : { ...choice, heldBy: drive.held_by };
    });
  }

  async open(id: string): Promise<Link | null> {
    if (!id.startsWith('bridge:') || this.origin === null) return null;
    const origin = this.origin;
    const name = id.slice('bridge:'.length);
    const drive = (await this.drives()).find((one) => one.id === name);
    if (drive === undefined) throw new PipeError('disconnected', `the bridge has no drive ${name} now`, 'bridge-gone');
    const channel = await bridge.BridgeChannel.open(origin, name, this.client);
    let recorder: DiscRecorder2;
    try {
      recorder = await DiscRecorder2.fromChannel(id, channel);
    } catch (thrown) {
      channel.close();
      throw thrown;
    }
    const link: Link = {
      recorder,
      media: drive.media,
      loaded: drive.medium,
      load: async (medium) => {
        if (!drive.simulated) return notSimulated();
        await bridge.putMedium(origin, name, medium);
        link.loaded = medium;
      },
      setPace: () => undefined,
      cds: async () => {
        await load();
        return CdWriter.fromChannel(id, channel, channel.hello ?? new Uint8Array());
      },
      ended: () => channel.ended,
      close: async () => channel.close(),
    };
    return link;
  }
}

/** USB drives that the person has granted. */
export class Usb implements Way {
  /** Numbers stay with a device as long as the page lives. */
  readonly #known: USBDevice[] = [];

  async #devices(): Promise<USBDevice[]> {
    const devices = await grantedDevices();
    for (const device of devices) if (!this.#known.includes(device)) this.#known.push(device);
    return devices;
  }

  async list(): Promise<DriveChoice[]> {
    return (await this.#devices()).map((device) => ({
      id: `usb:${this.#known.indexOf(device)}`,
      via: 'usb',
      vendor: device.manufacturerName ?? '',
      product: device.productName ?? '',
      revision: `${device.deviceVersionMajor}.${device.deviceVersionMinor}${device.deviceVersionSubminor}`,
      simulated: false,
    }));
  }

  async open(id: string): Promise<Link | null> {
    if (!id.startsWith('usb:')) return null;
    const device = this.#known[Number(id.slice('usb:'.length))];
    if (device === undefined || !(await this.#devices()).includes(device)) {
      throw new PipeError('disconnected', 'the device is not plugged in', 'usb-gone');
    }
    const pipe = await WebUsbPipe.open(device);
    watchDevices(noop, (gone) => {
      if (gone === device) pipe.disconnected();
    });
    return {
      recorder: await usbRecorder(id, pipe),
      media: [],
      loaded: null,
      load: notSimulated,
      setPace: () => undefined,
      cds: () => cdWriter(id, pipe),
      close: () => pipe.close(),
    };
  }
}
