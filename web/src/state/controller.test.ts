import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine, EngineNotice } from '../api/engine';
import type { BurnEvent } from '../api/types';
import * as f from '../testing/fixtures';
import { Controller } from './controller';
import type { Event } from './events';
import { reduce } from './reduce';
import { initial, type State } from './state';

/** An engine made of answers; a test replaces what it is about. */
function engine(over: Partial<Engine> = {}): { engine: Engine; notify: (n: EngineNotice) => void } {
  let listener: (n: EngineNotice) => void = () => undefined;
  const made: Engine = {
    capabilities: { wasm: true, workers: true, secure: true, webUsb: true, webLocks: true, wakeLock: true, savePicker: true },
    listDrives: () => Promise.resolve([f.SIM, f.BRIDGE]),
    openDrive: (id) => Promise.resolve(f.open(f.BD_R, id === f.SIM.id ? f.SIM : f.BRIDGE)),
    closeDrive: () => Promise.resolve(),
    chooseUsb: () => Promise.resolve(null),
    media: () => f.MEDIA,
    loadMedium: () => Promise.resolve(f.CD_R),
    setPace: () => Promise.resolve(),
    medium: () => Promise.resolve(f.BD_R),
    eject: () => Promise.resolve(f.NONE),
    describe: () => Promise.reject(new Error('no CD')),
    plan: () => Promise.resolve(f.PLAN),
    burn: () => Promise.resolve(f.RESULT),
    planChange: () => Promise.resolve(f.ERASE_PLAN),
    change: () => Promise.resolve({ outcome: 'done', medium: f.CD_R }),
    stop: () => undefined,
    saveContents: () => Promise.reject(f.failure('nothing-to-read')),
    cdContents: () => Promise.reject(f.failure('nothing-to-read')),
    readCd: () => Promise.reject(f.failure('nothing-to-read')),
    subscribe: (told) => {
      listener = told;
      return () => undefined;
    },
    ...over,
  };
  return { engine: made, notify: (n) => listener(n) };
}

function page(over: Partial<Engine> = {}) {
  const made = engine(over);
  let state: State = initial;
  const events: Event[] = [];
  const controller = new Controller({
    start: () => Promise.resolve(made.engine),
    get: () => state,
    dispatch: (event) => {
      events.push(event);
      state = reduce(state, event);
    },
  });
  return { controller, events, state: () => state, notify: made.notify };
}

async function ready(over: Partial<Engine> = {}) {
  const p = page(over);
  await p.controller.start();
  await p.controller.choose(f.SIM);
  await p.controller.chooseImage(new File([new Uint8Array(4096)], 'a.iso'));
  return p;
}

const sound = (name: string) => new File([new Uint8Array(600)], name);
/** What an engine tells of audio files: a minute each. */
const minutes: Engine['describe'] = (source) => {
  const tracks = (source.audio?.tracks ?? []).map(({ id, gap }, i) => ({ session: 1, number: i + 1, id, audio: true, start: 0, sectors: 4500, pregap: gap, isrc: null, title: null, performer: null, notes: [], fault: null }));
  return Promise.resolve({ sessions: 1, graphics: false, leadOut: 4500, mcn: null, title: 'Album', performer: null, tracks, notes: [], leftOut: [] });
};

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

describe('the controller', () => {
  it('says why the engine cannot start', async () => {
    const p = page();
    const broken = new Controller({ start: () => Promise.reject(f.failure('no-wasm')), get: p.state, dispatch: (e) => p.events.push(e) });
    await broken.start();
    expect(p.events).toMatchObject([{ type: 'start-failed', failure: { code: 'no-wasm' } }]);
  });
  it('a drive that is held shows who holds it', async () => {
    const p = page({ openDrive: () => Promise.reject(f.failure('drive-held', { args: { holder: 'Brasero' } })) });
    await p.controller.start();
    await p.controller.choose(f.BRIDGE);
    expect(p.state().stage).toMatchObject({ at: 'refused', failure: { code: 'drive-held', args: { holder: 'Brasero' } } });
  });
  it('a closed chooser is explained, since Chrome hides drives without a word', async () => {
    const p = page();
    await p.controller.start();
    await p.controller.chooseUsb();
    expect(p.state().stage).toMatchObject({ at: 'refused', failure: { code: 'usb-none-chosen' } });
  });
  it('image, plan, burn, verdict', async () => {
    const p = await ready();
    expect(p.state().stage).toMatchObject({ at: 'ready', planning: { kind: 'ready' } });
    expect(p.state().image?.probe.kind).toBe('read');
    await p.controller.burn();
    expect(p.state().stage).toMatchObject({ at: 'done', result: { outcome: 'verified' } });
  });
  it('a refused plan keeps Burn disc away', async () => {
    const p = await ready({ plan: () => Promise.reject(f.failure('image-too-large')) });
    expect(p.state().stage).toMatchObject({ planning: { kind: 'refused', failure: { code: 'image-too-large' } } });
    await p.controller.burn();
    expect(p.state().stage.at).toBe('ready');
  });
  it('an unreadable image is found before the burn', async () => {
    const bad = { name: 'a.iso', size: 4096, slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }) } as unknown as File;
    const p = await ready();
    await p.controller.chooseImage(bad);
    expect(p.state().image?.probe).toMatchObject({ kind: 'failed', failure: { code: 'image-unreadable' } });
  });
  it('a file that went away is found out before the engine is asked', async () => {
    const burn = vi.fn(() => Promise.resolve(f.RESULT));
    const p = await ready({ burn });
    const slice = vi.spyOn(p.state().image!.file, 'slice');
    slice.mockReturnValue({ arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')) } as unknown as Blob);
    await p.controller.burn();
    expect(burn).not.toHaveBeenCalled();
    expect(p.state().stage).toMatchObject({ at: 'failed', failure: { code: 'image-changed', refusedBeforeWriting: true } });
  });
  it('gauges come at most four times a second, phases all and in order, the last gauge is not lost', async () => {
    let tell: (e: BurnEvent) => void = () => undefined;
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    let end: (r: typeof f.RESULT) => void = () => undefined;
    const p = await ready({
      burn: (_file, _options, onEvent) => {
        tell = onEvent;
        begin();
        return new Promise((resolve) => (end = resolve));
      },
    });
    const running = p.controller.burn();
    // The file is looked at once more before the engine is asked.
    await begun;
    p.events.length = 0;
    tell({ type: 'phase', phase: 'write' });
    for (let i = 1; i <= 100; i++) tell(f.progress({ sectorsDone: i }));
    const shown = () => p.events.flatMap((e) => (e.type === 'burn-event' && e.event.type === 'progress' ? [e.event.sectorsDone] : []));
    expect(shown()).toEqual([1]);
    vi.advanceTimersByTime(250);
    expect(shown()).toEqual([1, 100]);
    tell(f.progress({ sectorsDone: 101 }));
    tell({ type: 'phase', phase: 'close' });
    expect(shown()).toEqual([1, 100, 101]);
    expect(p.events.at(-1)).toMatchObject({ event: { phase: 'close' } });
    end(f.RESULT);
    await running;
    expect(p.state().stage.at).toBe('done');
  });
  it('an erase is asked about, planned, done, and told', async () => {
    const change = vi.fn((_change: unknown, onEvent: (e: BurnEvent) => void) => {
      onEvent({ type: 'phase', phase: 'prepare' });
      onEvent(f.progress({ phase: 'prepare', fraction: 0.5 }));
      return Promise.resolve({ outcome: 'done' as const, medium: f.CD_R });
    });
    const p = await ready({ change });
    await p.controller.wish({ kind: 'erase', full: true });
    expect(p.state().stage).toMatchObject({ at: 'ready', wish: { change: { full: true }, planning: { kind: 'ready' } } });
    await p.controller.rework();
    expect(change).toHaveBeenCalledWith({ kind: 'erase', full: true }, expect.anything());
    expect(p.state().stage).toMatchObject({ at: 'reworked', end: 'done', rework: { phase: 'prepare', progress: { fraction: 0.5 } } });
    p.controller.back();
    expect(p.state().stage.at).toBe('ready');
  });
  it('a refused change is not begun', async () => {
    const change = vi.fn();
    const p = await ready({ change, planChange: () => Promise.reject(f.failure('format-not-offered')) });
    await p.controller.wish({ kind: 'format', goal: 'rrm', spare: 'usual', full: false });
    await p.controller.rework();
    expect(change).not.toHaveBeenCalled();
    expect(p.state().stage).toMatchObject({ wish: { planning: { kind: 'refused', failure: { code: 'format-not-offered' } } } });
  });
  it('a drive that is gone while it erases leaves the disc unknown', async () => {
    const p = await ready({ change: () => Promise.reject(f.failure('drive-gone', { refusedBeforeWriting: false })) });
    await p.controller.wish({ kind: 'erase', full: false });
    await p.controller.rework();
    expect(p.state().stage).toMatchObject({ at: 'reworked', open: null, end: { code: 'drive-gone' } });
  });
  it('a drive that vanishes while nothing burns is said at once', async () => {
    const p = await ready();
    p.notify({ type: 'drive-gone', drive: f.SIM.id, failure: f.failure('bridge-gone') });
    expect(p.state().stage).toMatchObject({ at: 'refused', failure: { code: 'bridge-gone' } });
  });
  it('saving says why it cannot', async () => {
    const p = await ready();
    await p.controller.save({ blob: () => expect.unreachable(), file: () => Promise.resolve(null) });
    expect(p.state().saving).toMatchObject({ kind: 'failed', failure: { code: 'nothing-to-read' } });
  });
  it('a change of disc is planned anew', async () => {
    const plan = vi.fn(() => Promise.resolve(f.PLAN));
    const p = await ready({ plan });
    plan.mockClear();
    await p.controller.loadMedium('cd-r');
    expect(plan).toHaveBeenCalledTimes(1);
    expect(p.state().stage).toMatchObject({ at: 'ready', open: { loaded: 'cd-r', medium: { typeName: 'CD-R' } }, planning: { kind: 'ready' } });
  });
  it('music goes to its own tab, and the image waits in the other', async () => {
    const p = await ready({ describe: minutes });
    await p.controller.chooseFiles([sound('2.wav'), sound('1.wav')]);
    expect(p.state()).toMatchObject({ tab: 'audio', image: { name: 'Album', probe: { kind: 'read' } }, aside: { name: 'a.iso' } });
    expect(p.state().stage).toMatchObject({ planning: { kind: 'ready' } });
    await p.controller.setTab('image');
    expect(p.state()).toMatchObject({ tab: 'image', image: { name: 'a.iso' }, aside: { name: 'Album' } });
    expect(p.state().stage).toMatchObject({ planning: { kind: 'ready' } });
  });
  it('tracks are added, arranged, and taken away; without one there is no disc', async () => {
    const p = await ready({ describe: minutes });
    await p.controller.chooseFiles([sound('1.wav')]);
    await p.controller.dropFiles([sound('2.wav'), new File(['x'], 'cover.jpg')]);
    const audio = () => p.state().image?.cd?.source.audio;
    expect(audio()?.tracks.map(({ file }) => file.name)).toEqual(['1.wav', '2.wav']);
    const set = p.state().image?.cd?.source.set;
    await p.controller.arrange((source) => (source.audio === null ? source : { ...source, audio: { ...source.audio, title: 'Mine', tracks: source.audio.tracks.toReversed() } }));
    expect(audio()?.tracks.map(({ file }) => file.name)).toEqual(['2.wav', '1.wav']);
    expect(p.state().image).toMatchObject({ name: 'Mine', cd: { source: { set } }, probe: { kind: 'read' } });
    await p.controller.arrange((source) => (source.audio === null ? source : { ...source, audio: { ...source.audio, tracks: [] } }));
    expect(p.state()).toMatchObject({ tab: 'audio', image: null });
    expect(p.state().stage).toMatchObject({ planning: { kind: 'none' } });
  });
  it('what was told of tracks that were changed meanwhile is not believed', async () => {
    const answers: (() => void)[] = [];
    const p = await ready({ describe: (source) => new Promise((resolve) => answers.push(() => void minutes(source).then(resolve))) });
    const first = p.controller.chooseFiles([sound('1.wav')]);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    const second = p.controller.addFiles([sound('2.wav')]);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[0]?.();
    await first;
    expect(p.state().image).toMatchObject({ probe: { kind: 'reading' }, cd: { told: null } });
    answers[1]?.();
    await second;
    expect(p.state().image?.cd?.told?.tracks).toHaveLength(2);
  });
  it('a sheet whose file is missing is completed by what comes next', async () => {
    const seen: string[][] = [];
    const p = await ready({
      describe: (source) => {
        seen.push(source.files.map(({ name }) => name));
        return seen.length === 1 ? Promise.reject(f.failure('image-file-missing')) : minutes(source);
      },
    });
    await p.controller.chooseFiles([new File(['x'], 'd.cue')]);
    expect(p.state().image?.probe).toMatchObject({ kind: 'failed' });
    await p.controller.chooseFiles([new File([new Uint8Array(2352)], 'd.bin')]);
    expect(seen).toEqual([['d.cue'], ['d.cue', 'd.bin']]);
    expect(p.state().image).toMatchObject({ name: 'd.cue', probe: { kind: 'read' } });
  });
});
