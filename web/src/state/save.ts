/** Saving what lies on the disc: data as an image of 2048-byte sectors, a CD as tracks or as an image of all of it. */
import { planFiles } from './cd-files';
import type { CdContents, CdWish } from '../api/cd-reading';
import type { Engine } from '../api/engine';
import { asFailure } from '../api/failure';
import { downloads, type FileOut, type Folder } from './file-out';
import type { BurnEvent } from '../api/types';
import type { Saving } from './state';

/** Gauges change at most four times a second. */
const GAUGE_MS = 250;

/** Where saved contents go. */
export interface Keep {
  blob: (blob: Blob, name: string) => void;
  /** Asks for a file to write to; `null` when the person chose none. */
  file: (name: string) => Promise<WritableStream<Uint8Array<ArrayBuffer>> | null>;
  /** Asks for a folder and makes a new one in it; `null` when the person chose none. Not where the browser has no such picker. */
  folder?: (name: string) => Promise<Folder | null>;
}

/** The page's state as far as it is about saving. */
export interface Saver {
  now: () => number;
  saving: () => Saving;
  tell: (saving: Saving) => void;
}

/** Tells of progress now and then; a wish to stop stays shown. */
function gauge(saver: Saver): (saving: Extract<Saving, { kind: 'running' }>) => void {
  let shown = 0;
  return (saving) => {
    const now = saver.now();
    const before = saver.saving();
    if (now - shown < GAUGE_MS || before.kind !== 'running') return;
    shown = now;
    saver.tell(before.stopping === true ? { ...saving, stopping: true } : saving);
  };
}

/** What was thrown, as the end of saving. */
function ended(thrown: unknown, files: number): Saving {
  const failure = asFailure(thrown, 'save-failed');
  return failure.code === 'cancelled' ? { kind: 'stopped', files } : { kind: 'failed', failure, files };
}

/** Saves what a reader would read: through memory when it is small, else straight into a file. */
export async function save(engine: Engine, keep: Keep, saver: Saver): Promise<void> {
  try {
    saver.tell({ kind: 'running', done: 0, total: 0 });
    const contents = await engine.saveContents();
    const show = gauge(saver);
    const progress = (done: number) => show({ kind: 'running', done, total: contents.bytes });
    if (contents.bytes > contents.maxBlobBytes && engine.capabilities.savePicker) {
      const file = await keep.file(contents.name);
      if (file === null) return saver.tell({ kind: 'no' });
      await contents.stream(progress).pipeTo(file);
    } else {
      keep.blob(await contents.blob(progress), contents.name);
    }
    saver.tell({ kind: 'saved', name: contents.name, bytes: contents.bytes });
  } catch (thrown) {
    saver.tell(ended(thrown, 0));
  }
}

/** Saves tracks, or all of a CD: one file as a download, several into a folder where the browser lets pages write there. */
export async function saveCd(engine: Engine, contents: CdContents, wish: CdWish, keep: Keep, saver: Saver): Promise<void> {
  const plan = planFiles(contents, wish);
  const { files, jobs } = plan;
  const several = files.length > 1;
  const open = new Map<number, FileOut>();
  const show = gauge(saver);
  /** The file under way, how many are whole, bytes of jobs that are done. */
  const at = { file: 0, whole: 0, before: 0, bytes: 0 };

  /** A wish to stop that came before the worker read anything met nobody there. */
  const heed = () => {
    const now = saver.saving();
    if (now.kind === 'running' && now.stopping === true) engine.stop();
  };
  const take: Parameters<Engine['readCd']>[1] = async ({ file, ...part }) => {
    heed();
    at.file = file;
    let out = open.get(file);
    if (out === undefined) {
      out = await folder.create(files[file] ?? '');
      open.set(file, out);
    }
    if (part.bytes !== null) {
      await out.write(part.bytes, part.at);
      if (part.at === null) at.bytes += part.bytes.length;
      return;
    }
    await out.close();
    open.delete(file);
    at.whole += 1;
    at.before += jobs.find((job) => job.kind === 'track' && job.file === file)?.bytes ?? 0;
  };
  const tell = (event: BurnEvent) => {
    heed();
    if (event.type !== 'progress') return;
    const job = jobs[Math.min(at.whole, jobs.length - 1)];
    const done = Math.min(at.before + (job?.bytes ?? 0) * (event.fraction ?? 0), plan.bytes);
    const track = { name: files[at.file] ?? '', done: at.whole, count: files.length };
    show({ kind: 'running', done, total: plan.bytes, ...(jobs.length > 1 ? { files: track } : {}) });
  };

  let folder = downloads(keep.blob);
  try {
    saver.tell({ kind: 'running', done: 0, total: plan.bytes });
    if (several && keep.folder !== undefined) {
      const chosen = await keep.folder(plan.folder);
      if (chosen === null) return saver.tell({ kind: 'no' });
      folder = chosen;
    }
    const cd = await engine.readCd(jobs, take, tell);
    const name = several ? plan.folder : (files[0] ?? '');
    saver.tell({ kind: 'saved', name, bytes: at.bytes, cd, ...(several ? { files: files.length } : {}) });
  } catch (thrown) {
    for (const out of open.values()) await out.abort().catch(() => undefined);
    saver.tell(ended(thrown, at.whole));
  }
}
