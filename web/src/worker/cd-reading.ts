/** A CD on its way into files of the page. */
import type { CdContents, CdJob, CdPart, CdRead } from '../api/cd-reading';
import type { BurnEvent } from '../api/types';
import type { CdReader } from '../generated/cds/webburn.js';
import { Credit, Gatherer } from './pieces';

/** What the module says of a track or a disc. */
interface Told extends CdRead {
  /** Bytes that belong at the start of the file. */
  head: number[];
  description: string | null;
}

const NOTHING: CdRead = { sectors: 0, filled: 0, uncorrected: 0, firstUncorrected: null, subChannel: true };

function joined(all: CdRead, one: CdRead): CdRead {
  return {
    sectors: all.sectors + one.sectors,
    filled: all.filled + one.filled,
    uncorrected: all.uncorrected === null || one.uncorrected === null ? null : all.uncorrected + one.uncorrected,
    firstUncorrected: all.firstUncorrected ?? one.firstUncorrected,
    subChannel: all.subChannel && one.subChannel,
  };
}

/** Where the module puts sectors. Called from Rust (`JsCdSink`). */
export class CdSink {
  #session = 0;

  /** `mains`: one, or one for each session. */
  constructor(
    readonly mains: readonly Gatherer[],
    readonly sub: Gatherer | null,
  ) {}

  nextSession(): void {
    this.#session += 1;
  }

  /** Views into the module's memory: they are copied before this call first waits. */
  async put(sectors: Uint8Array, planes: Uint8Array): Promise<void> {
    const [main, sub] = [sectors.slice(), this.sub === null ? null : planes.slice()];
    await this.mains[Math.min(this.#session, this.mains.length - 1)]?.take(main);
    if (sub !== null) await this.sub?.take(sub);
  }

  async finish(): Promise<void> {
    for (const main of this.mains) await main.finish();
    await this.sub?.finish();
  }
}

export class CdReading {
  readonly #reader: CdReader;
  readonly #send: (part: CdPart) => void;
  readonly #credit = new Credit();
  #stopped = false;

  constructor(reader: CdReader, send: (part: CdPart) => void) {
    this.#reader = reader;
    this.#send = send;
  }

  async contents(): Promise<CdContents> {
    return (await this.#reader.contents()) as CdContents;
  }

  /** Does the jobs one after another. A track that cannot be read ends them; the files before it are whole. */
  async read(jobs: readonly CdJob[], onEvent: (event: BurnEvent) => void): Promise<CdRead> {
    let all = NOTHING;
    for (const job of jobs) {
      const mains = job.kind === 'track' ? [job.file] : job.mains.map(({ file }) => file);
      const sink = new CdSink(mains.map((file) => this.#into(file)), job.kind === 'disc' && job.sub !== null ? this.#into(job.sub) : null);
      const told = (await (job.kind === 'track'
        ? this.#reader.readTrack(job.number, job.form, sink, onEvent)
        : this.#reader.readDisc(job.image, job.mains.map(({ name }) => name), sink, onEvent))) as Told;
      await sink.finish();
      if (told.head.length > 0 && job.kind === 'track') await this.#part({ file: job.file, bytes: Uint8Array.from(told.head), at: 0 });
      for (const file of mains) await this.#part({ file, bytes: null });
      if (job.kind === 'disc') {
        if (job.sub !== null) await this.#part({ file: job.sub, bytes: null });
        await this.#part({ file: job.description, bytes: new TextEncoder().encode(told.description ?? ''), at: null });
        await this.#part({ file: job.description, bytes: null });
      }
      all = joined(all, told);
    }
    return all;
  }

  /** The page has taken a part. */
  more(): void {
    this.#credit.more();
  }

  stop(): void {
    this.#stopped = true;
    this.#reader.cancel();
    // A sink that waits for the page must wake up for the reading to see it.
    this.#credit.more();
  }

  #into(file: number): Gatherer {
    return new Gatherer((bytes) => this.#part({ file, bytes, at: null }));
  }

  async #part(part: CdPart): Promise<void> {
    await this.#credit.take();
    if (!this.#stopped) this.#send(part);
  }
}
