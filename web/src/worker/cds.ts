/** CDs beyond data: a module of its own, loaded when the first such file is chosen. */
import type { CdDescription, CdSource } from '../api/cds';
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

  constructor(file: File) {
    this.#file = file;
    this.name = file.name;
    this.size = file.size;
  }

  read(offset: number, length: number): Uint8Array {
    return new Uint8Array(this.#reader.readAsArrayBuffer(this.#file.slice(offset, offset + length)));
  }
}

let loaded: Promise<unknown> | undefined;

async function open(source: CdSource): Promise<CdDisc> {
  loaded ??= init();
  await loaded;
  const files = source.files.map((file) => new SyncFile(file));
  try {
    if (source.main !== null) return await CdDisc.open(source.main, files);
    const names = files.map((file) => file.name);
    return await CdDisc.audio(names, files, source.gap, source.texts);
  } catch (thrown) {
    // Its message names file and place: the page says it.
    if (isBurnFailure(thrown)) throw { ...thrown, args: { ...thrown.args, told: thrown.message } };
    throw thrown;
  }
}

export async function describe(source: CdSource): Promise<CdDescription> {
  const disc = await open(source);
  try {
    return disc.description() as CdDescription;
  } finally {
    disc.free();
  }
}

const wishes = ({ verify, speed }: BurnOptions, { texts }: CdSource) => ({ verify, speed, testWrite: false, overburn: false, texts });

export async function planCd(writer: CdWriter, source: CdSource, options: BurnOptions): Promise<BurnPlan> {
  const disc = await open(source);
  try {
    return (await writer.plan(disc, wishes(options, source))) as BurnPlan;
  } finally {
    disc.free();
  }
}

export async function burnCd(writer: CdWriter, source: CdSource, options: BurnOptions, onEvent: (event: BurnEvent) => void): Promise<BurnResult> {
  const disc = await open(source);
  try {
    return (await writer.burn(disc, wishes(options, source), onEvent)) as BurnResult;
  } finally {
    disc.free();
  }
}
