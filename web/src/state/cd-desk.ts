/** What a person does with the files of a CD: chooses them, adds to them, arranges them. Each change is looked at, then planned. */
import { cdOf, tracksOf, withFiles, type CdSource } from '../api/cds';
import type { Engine } from '../api/engine';
import { asFailure, pageFailure } from '../api/failure';
import { probeImage } from './probe-image';
import type { Event } from './events';
import type { Image, State } from './state';

export interface Desk {
  engine: () => Engine | null;
  get: () => State;
  tell: (event: Event) => void;
  now: () => number;
  ticket: () => number;
  replan: () => Promise<void>;
}

const bytesOf = ({ files }: CdSource) => files.reduce((sum, { size }) => sum + size, 0);

export class CdDesk {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** A disc made of these files, if they make one. */
  async choose(files: readonly File[]): Promise<boolean> {
    const source = cdOf(files);
    const file = source?.files.find(({ name }) => name === source.main) ?? source?.files[0];
    if (source === null || file === undefined) return false;
    const ticket = this.#desk.ticket();
    const name = source.main ?? '';
    const image: Image = { ticket, file, name, bytes: bytesOf(source), cd: { source, told: null }, probe: { kind: 'reading' } };
    this.#desk.tell({ type: 'image', at: this.#desk.now(), image });
    await this.#look(ticket, source);
    return true;
  }

  /** More files for the disc that was chosen: tracks at its end, or what its description names. */
  async add(files: readonly File[]): Promise<void> {
    await this.change((source) => {
      if (source.audio === null) {
        const names = new Set(files.map(({ name }) => name));
        return withFiles(source, [...source.files.filter(({ name }) => !names.has(name)), ...files]);
      }
      const more = tracksOf(files, source.audio.tracks.at(-1)?.gap);
      if (more.length === 0) return source;
      const audio = { ...source.audio, tracks: [...source.audio.tracks, ...more] };
      return { ...withFiles(source, [...source.files, ...more.map(({ file }) => file)]), audio };
    });
  }

  /** Tracks, texts or files become other ones. Without a track there is no disc left. */
  async change(edit: (source: CdSource) => CdSource): Promise<void> {
    const { image } = this.#desk.get();
    if (image?.cd === undefined) return;
    const source = edit(image.cd.source);
    if (source === image.cd.source) return;
    if (source.audio?.tracks.length === 0) return this.#desk.tell({ type: 'image-removed' });
    this.#desk.tell({ type: 'cd-changed', ticket: image.ticket, source });
    await this.#look(image.ticket, source);
  }

  async #look(ticket: number, source: CdSource): Promise<void> {
    const engine = this.#desk.engine();
    if (engine === null) return;
    const current = () => {
      const { image } = this.#desk.get();
      return image?.ticket === ticket && image.cd?.source === source;
    };
    try {
      const told = await engine.describe(source);
      if (!current()) return;
      this.#desk.tell({ type: 'cd-told', ticket, source, told });
    } catch (thrown) {
      if (!current()) return;
      this.#desk.tell({ type: 'image-probed', ticket, probe: { kind: 'failed', failure: asFailure(thrown, 'internal') } });
      return;
    }
    // `cd-told` holds the same source.
    this.#desk.tell({ type: 'image-probed', ticket, probe: { kind: 'read', bytesPerSecond: null } });
    await this.#desk.replan();
  }
}

/** A file that can no longer be read is found out before the laser is on, not after the power calibration. */
export async function stillThere(image: Image): Promise<void> {
  if (image.cd === undefined) {
    const look = await probeImage(image.file, { budget: 0 });
    if (look.kind === 'failed') throw look.failure;
    return;
  }
  const looks = await Promise.all(image.cd.source.files.map(async (file) => ({ file, look: await probeImage(file, { budget: 0 }) })));
  const gone = looks.find(({ look }) => look.kind === 'failed');
  if (gone !== undefined) throw pageFailure('cd-file-changed', 'a file of the disc cannot be read', { name: gone.file.name });
}
