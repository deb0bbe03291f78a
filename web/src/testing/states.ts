/** One state of the page for every screen, made by the real reducer. For looking at them, and for the tests of the views. */
import type { Event } from '../state/events';
import { reduce } from '../state/reduce';
import { initial, type Image, type State } from '../state/state';
import * as f from './fixtures';

const T0 = Date.UTC(2026, 10, 20, 13, 20, 0);
const caps = { wasm: true, workers: true, secure: true, webUsb: true, webLocks: true, wakeLock: true, savePicker: true };

export function run(events: Event[], from: State = initial): State {
  return events.reduce(reduce, from);
}

const started: Event = { type: 'started', capabilities: caps, drives: [f.SIM, f.BRIDGE_SIM, f.BRIDGE] };
const image = (bytes: number, name = 'holiday-2026.iso'): Image => ({
  ticket: 1,
  file: new File([], name),
  name,
  bytes,
  probe: { kind: 'read', bytesPerSecond: 640_000_000 },
});
const opened = (medium = f.BD_R, drive = f.SIM, loaded = 'bd-r'): Event => ({ type: 'opened', at: T0, open: f.open(medium, drive, loaded) });
const chosen: Event = { type: 'image', at: T0, image: image(8_886_720 * 2048) };
const planned: Event[] = [
  { type: 'planning', ticket: 2 },
  { type: 'planned', ticket: 2, plan: f.PLAN },
];
const ready = [started, opened(), chosen, ...planned];

const curve = (share: number, now: number): Event[] =>
  Array.from({ length: 60 }, (_, i): Event => {
    const done = Math.round((f.PLAN.sectors * share * (i + 1)) / 60);
    const speed = Math.min(8.1, 5.15 * Math.sqrt(1 + (4.84 * done) / 12_219_392)) - (i % 7 === 3 ? 0.18 : 0);
    return { type: 'burn-event', at: now, event: f.progress({ sectorsDone: done, fraction: done / f.PLAN.sectors, times: speed, address: done }) };
  });

const note = (at: number, code: string, args = {}): Event => ({ type: 'burn-event', at, event: { type: 'note', code, args } });
const phase = (at: number, name: 'prepare' | 'calibrate' | 'write' | 'close' | 'verify'): Event => ({ type: 'burn-event', at, event: { type: 'phase', phase: name } });

function writing(share: number, began: number): Event[] {
  return [
    ...ready,
    { type: 'burn', at: began },
    phase(began, 'prepare'),
    phase(began + 6000, 'calibrate'),
    note(began + 20_000, 'calibrated'),
    phase(began + 20_000, 'write'),
    note(began + 21_000, 'write-started', { lba: 0 }),
    ...curve(share, began + 200_000),
    note(began + 230_000, 'drive-waiting', { seconds: 0.4 }),
  ];
}

/** Keyed by the name that the address takes after `#`. */
export function states(now: number = Date.now()): Record<string, State> {
  const began = now - 266_000;
  const burning = writing(0.42, began);
  const all = writing(1, now - 1_203_000);
  const closing: Event[] = [...all, phase(now - 671_000, 'close')];
  const verifying: Event[] = [...closing, phase(now - 560_000, 'verify')];
  const asking: Event[] = [
    started,
    opened(f.DVD_PLUS_RW, f.SIM, 'dvd+rw'),
    { type: 'wish', change: { kind: 'erase', full: true } },
    { type: 'wish-planning', ticket: 3 },
    { type: 'wish-planned', ticket: 3, plan: f.ERASE_PLAN },
  ];
  const erasing: Event[] = [
    ...asking,
    { type: 'rework', at: now - 60_000 },
    { type: 'rework-event', at: now - 60_000, event: { type: 'phase', phase: 'prepare' } },
    { type: 'rework-event', at: now, event: f.progress({ phase: 'prepare', fraction: 0.25, sectorsDone: 0, sectorsTotal: 0, secondsLeft: 180 }) },
  ];
  return {
    first: run([started]),
    nobridge: run([{ ...started, drives: [f.SIM], capabilities: { ...caps, webUsb: false } } as Event]),
    blank: run([started, opened()]),
    plan: run(ready),
    plain: run([started, opened(f.CD_R_MULTI, f.BRIDGE), { type: 'image', at: T0, image: image(120_000 * 2048) }, { type: 'planning', ticket: 2 }, { type: 'planned', ticket: 2, plan: { ...f.PLAN, startAddress: 182_450, sectors: 120_000, ifStopped: { code: 'disc-appendable', args: {} } } }]),
    toobig: run([started, opened(f.CD_R, f.SIM, 'cd-r'), chosen, { type: 'planning', ticket: 2 }, { type: 'plan-refused', ticket: 2, failure: f.failure('image-too-large', { args: { sectors: 8_886_720, free: 359_847 }, hresultName: 'E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA', hresult: 0xc0aa0404 }) }]),
    rewrite: run([started, opened(f.DVD_PLUS_RW, f.SIM, 'dvd+rw'), { type: 'image', at: T0, image: image(300_000 * 2048) }, { type: 'planning', ticket: 2 }, { type: 'plan-refused', ticket: 2, failure: f.failure('disc-not-blank') }]),
    nodisc: run([started, opened(f.NONE, f.SIM, 'none')]),
    closed: run([started, opened(f.DVD_R_CLOSED, f.BRIDGE)]),
    dual: run([started, opened(f.DVD_R_DL, f.BRIDGE)]),
    burning: run(burning),
    stop: run([...burning, { type: 'stop-asked' }]),
    closing: run(closing),
    verifying: run([...verifying, { type: 'burn-event', at: now, event: f.progress({ phase: 'verify', fraction: 0.3, sectorsDone: 2_666_016 }) }]),
    verified: run([...verifying, { type: 'burnt', at: now, result: f.RESULT }]),
    stopped: run([...burning, { type: 'stop', at: now }, { type: 'burnt', at: now, result: { ...f.RESULT, outcome: 'stopped', sha256: null, sha256ReadBack: null, sectors: 3_732_416, closed: false, medium: f.WRITE_ERROR.medium ?? f.BD_R } }]),
    failed: run([...writing(0.43, began), { type: 'burn-failed', at: now, failure: f.WRITE_ERROR }]),
    lost: run([...burning, { type: 'burn-failed', at: now, failure: f.failure('bridge-gone', { refusedBeforeWriting: false, hresult: 0x80070037, hresultName: 'ERROR_DEV_NOT_EXIST' }) }]),
    usb: run([started, { type: 'open-failed', at: now, drive: null, failure: f.failure('usb-protected-class', { message: "SecurityError: Failed to execute 'claimInterface' on 'USBDevice': The requested interface implements a protected class." }) }]),
    held: run([started, { type: 'open-failed', at: now, drive: f.BRIDGE, failure: f.failure('drive-held', { args: { holder: 'webburn in another browser' }, hresultName: 'E_IMAPI_RECORDER_LOCKED', hresult: 0xc0aa0210 }) }]),
    erase: run(asking),
    erasing: run(erasing),
    erased: run([...erasing, { type: 'reworked', at: now, result: { outcome: 'done', medium: { ...f.CD_R, rewritable: true } } }]),
    noterased: run([...erasing, { type: 'rework-failed', at: now, failure: f.failure('erase-failed', { refusedBeforeWriting: false, medium: f.DVD_PLUS_RW }) }]),
    broken: run([{ type: 'start-failed', at: now, failure: f.failure('no-wasm', { message: 'ReferenceError: WebAssembly is not defined' }) }]),
  };
}
