/** CDs beyond data: a module of its own, loaded when the first such file is chosen. */
import { GAP, type CdDescription, type CdSource, type CdTrack, type LeftOut } from '../api/cds';
import { isBurnFailure } from '../api/failure';
import type { BurnEvent, BurnOptions, BurnPlan, BurnResult } from '../api/types';
import init, { CdDisc, type CdWriter } from '../generated/cds/webburn.js';

/** Only workers have it; the page's types do not name it. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** A file as the module reads it: without waiting. */
class SyncFile {
  readonly #file: File;
  readonly #reader = new FileReaderSync();
  readonly name: string;
  readonly size: number;

  constructor(file: File, name: string) {
    this.#file = file;
    this.name = name;
    this.size = file.size;
  }

  read(offset: number, length: number): Uint8Array {
    return new Uint8Array(this.#reader.readAsArrayBuffer(this.#file.slice(offset, offset + length)));
  }
}

/** Two folders may have files of one name. */
function named(files: readonly File[]): SyncFile[] {
  const seen = new Map<string, number>();
  return files.map((file) => {
    const times = (seen.get(file.name) ?? 0) + 1;
    seen.set(file.name, times);
    return new SyncFile(file, times === 1 ? file.name : file.name.replace(/(\.[^.]*)?$/, ` (${times})$1`));
  });
}

/** What the module knows of an audio file. */
interface Known {
  sectors: number | null;
  title: string | null;
  performer: string | null;
  isrc: string | null;
  notes: string[];
  fault: string | null;
}

interface Arranged {
  files: Known[];
  title: string | null;
  performer: string | null;
  leftOut: { track: number; performer: boolean; other: boolean; text: string; character: string }[];
}

let loaded: Promise<unknown> | undefined;
/** The disc last looked at: whoever asks about the same files again need not wait for them to be opened again. */
let kept: { set: number; disc: CdDisc } | undefined;

/** Loads the module. */
export const load = (): Promise<unknown> => (loaded ??= init());

async function open(source: CdSource): Promise<CdDisc> {
  await load();
  if (kept?.set === source.set) return kept.disc;
  kept?.disc.free();
  kept = undefined;
  const files = named(source.files);
  const disc = source.main === null ? await CdDisc.audio(files) : await CdDisc.open(source.main, files);
  kept = { set: source.set, disc };
  return disc;
}

/** How the tracks are to lie, as the module takes it. */
function wishOf({ files, audio, texts }: CdSource) {
  // The page's files arrive as copies, all of one source together: the same file is the same object.
  const tracks = (audio?.tracks ?? []).map(({ file, gap, title, performer }) => ({ file: files.indexOf(file), gap, title, performer }));
  return { tracks, title: audio?.title ?? null, performer: audio?.performer ?? null, texts };
}

async function arranged(source: CdSource): Promise<CdDisc> {
  const disc = await open(source);
  if (source.audio !== null) disc.arrange(wishOf(source));
  return disc;
}

function told(source: CdSource, { files, title, performer, leftOut }: Arranged): CdDescription {
  let at = 0;
  const tracks = (source.audio?.tracks ?? []).map((wish, i): CdTrack => {
    const { sectors = null, ...known } = files[i] ?? { title: null, performer: null, isrc: null, notes: [], fault: null };
    const pregap = i === 0 ? GAP : wish.gap;
    const start = i === 0 ? 0 : at + pregap;
    at = start + (sectors ?? 0);
    return { ...known, sectors, session: 1, number: i + 1, id: wish.id, audio: true, start, pregap };
  });
  const left = leftOut.map(({ track, performer: by, other, text, character }): LeftOut => ({ track, what: other ? 'other' : by ? 'performer' : 'title', text, character }));
  return { sessions: 1, graphics: false, leadOut: at, mcn: null, title, performer, tracks, notes: tracks.flatMap(({ notes }) => notes), leftOut: left };
}

export async function describe(source: CdSource): Promise<CdDescription> {
  const disc = await open(source);
  if (source.audio !== null) return told(source, disc.arranged(wishOf(source)) as Arranged);
  const { tracks, ...rest } = disc.description() as Omit<CdDescription, 'leftOut'>;
  return { ...rest, leftOut: [], tracks: tracks.map((track) => ({ ...track, id: null, notes: [], fault: null })) };
}

const wishes = ({ verify, speed }: BurnOptions, { texts, raw }: CdSource) => ({ verify, speed, raw, testWrite: false, overburn: false, texts });

/** What fails is told as of a CD: in minutes, as the tracks are. */
function ofCd(thrown: unknown): unknown {
  return isBurnFailure(thrown) ? { ...thrown, args: { ...thrown.args, cd: true } } : thrown;
}

export async function planCd(writer: CdWriter, source: CdSource, options: BurnOptions): Promise<BurnPlan> {
  try {
    return (await writer.plan(await arranged(source), wishes(options, source))) as BurnPlan;
  } catch (thrown) {
    throw ofCd(thrown);
  }
}

export async function burnCd(writer: CdWriter, source: CdSource, options: BurnOptions, onEvent: (event: BurnEvent) => void): Promise<BurnResult> {
  try {
    return (await writer.burn(await arranged(source), wishes(options, source), onEvent)) as BurnResult;
  } catch (thrown) {
    throw ofCd(thrown);
  }
}
