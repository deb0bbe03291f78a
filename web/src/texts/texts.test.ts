/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BurnFailure, Change, FormatGoal } from '../api/types';
import * as f from '../testing/fixtures';
import { notes } from './en/burn';
import { failureCodes, hresultNames, textOf } from './en/failure';
import { steps, stops } from './en/plan';
import { t } from './index';

/** The engine's own lists, read from where they are declared: a code added there without a sentence fails here. */
const rust = readFileSync(new URL('../../../crates/imapi/src/code.rs', import.meta.url), 'utf8');
function list(name: string): string[] {
  const body = new RegExp(`pub const ${name}: &\\[&str\\] =\\s*&\\[([^\\]]*)\\]`).exec(rust)?.[1] ?? '';
  return [...body.matchAll(/"([a-z0-9-]+)"/g)].map((m) => m[1] ?? '');
}
const engineSource = readFileSync(new URL('../api/engine.ts', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
const pageCodes = [...(/export type PageFailureCode =([\s\S]*?);/.exec(engineSource)?.[1] ?? '').matchAll(/\| '([a-z-]+)'/g)].map((m) => m[1] ?? '');

const FIGURES = { sectors: 8_886_720, free: 359_847, bytes: 1_000_001, rest: 577, lba: 3_821_280, first: 17, holder: 'another program', seconds: 0.4, times: 8, start: 0, full: true, medium: 'DVD-R', status: 421, limit: 512_000_000, percent: '43 %' };

function good(sentence: string): void {
  expect(sentence).toMatch(/\S/);
  expect(sentence).toMatch(/[.?…]$/);
  expect(sentence).not.toMatch(/undefined|NaN|\[object|null/);
  expect(sentence).not.toMatch(/!|error occurred|please wait|oops|unknown error/i);
}

const failing = (code: string, args: BurnFailure['args'] = {}): BurnFailure => f.failure(code, { args, hresultName: 'NOBODY_KNOWS' });
const general = t.failure.what(failing('nobody-knows-this-code'));

describe('failures', () => {
  it('finds the lists of the engine', () => {
    expect(list('FAILURES').length).toBeGreaterThan(40);
    expect(list('SHEET_FAULTS').length).toBeGreaterThan(10);
    expect(pageCodes.length).toBeGreaterThan(10);
  });
  it.each([...new Set([...list('FAILURES'), ...pageCodes, 'usb-none-chosen', 'save-failed', 'internal'])])('%s has a sentence of its own', (code) => {
    expect(failureCodes).toContain(code);
    for (const args of [{}, FIGURES]) {
      good(t.failure.what(failing(code, args)));
      good(t.failure.now(failing(code, args)));
      expect(t.failure.what(failing(code, args))).not.toBe(general);
    }
  });
  it.each(hresultNames)('%s has a sentence', (name) => {
    const said = textOf({ code: 'nobody-knows', hresultName: name });
    good(said.what({}));
    good(said.now({}));
    expect(said.what({})).not.toMatch(/^[a-z-]+$/);
  });
  it('every HRESULT of the recorder, the write engine and the data writer is among them', () => {
    const rows = ['device', 'writers'].map((file) => readFileSync(new URL(`../../../crates/imapi/src/hresult/${file}.rs`, import.meta.url), 'utf8')).join('');
    const names = [...rows.matchAll(/\bE_IMAPI_(?:RECORDER|DF2DATA|LOSS|UNEXPECTED|BURN|REQUEST)[A-Z0-9_]*/g)].map((m) => m[0]);
    expect(new Set(names).size).toBeGreaterThan(25);
    for (const name of new Set(names)) expect(hresultNames).toContain(name);
  });
  it.each(list('SHEET_FAULTS'))('the cue sheet fault %s is told in words', (reason) => {
    const said = t.failure.what(failing('cue-sheet-invalid', { line: 2, reason }));
    good(said);
    // Of this one the disc is the cause, not a line.
    if (reason !== 'starts-elsewhere') expect(said).toContain('line 3, ');
    expect(said).not.toContain(reason);
  });
  it('says the figures that it was given', () => {
    expect(t.failure.now(failing('image-not-whole-sectors', { bytes: 1_000_001, rest: 577 }))).toContain('488 sectors of 2048 bytes and 577 bytes more');
    expect(t.failure.now(failing('image-too-large', { sectors: 360_000, free: 359_847 }))).toContain('313 kB too little'.replace(' ', '\u00a0'));
    expect(t.failure.what(failing('drive-held', { holder: 'Brasero' }))).toContain('Brasero');
  });
  it('tells the state of the disc afterwards', () => {
    const say = t.failure.truths.disc.now;
    expect(say(failing('no-disc'), f.BD_R, 0).head).toBe('As it was');
    expect(say({ ...f.WRITE_ERROR, medium: null }, f.BD_R, 100).head).toBe('Not known');
    expect(say(f.WRITE_ERROR, f.BD_R, 100).head).toBe('Used up');
    expect(say({ ...f.WRITE_ERROR, medium: f.BD_R }, f.BD_R, 0).head).toBe('Still blank');
    expect(say({ ...f.WRITE_ERROR, medium: f.DVD_PLUS_RW }, f.DVD_PLUS_RW, 100).head).toBe('Can be written again');
  });
});

describe('the plan', () => {
  it.each(list('STEPS'))('step %s has a sentence', (code) => {
    expect(Object.keys(steps)).toContain(code);
    for (const args of [{}, FIGURES]) good(t.plan.step({ code, args, seconds: null }));
  });
  it.each(list('IF_STOPPED'))('%s is told before, during and in the dialog', (code) => {
    expect(Object.keys(stops)).toContain(code);
    const s = t.plan.stop({ code, args: {} });
    for (const sentence of [s.short, s.title, s.why, s.now('7.6 GB'), s.ask('BD-R', '7.6 GB')]) good(sentence);
  });
});

describe('erasing and formatting', () => {
  const types = readFileSync(new URL('../api/types.ts', import.meta.url), 'utf8');
  const words = [...(/export type FormatGoal = ([^;]*);/.exec(types)?.[1] ?? '').matchAll(/'([a-z]+)'/g)].map((m) => m[1] as FormatGoal);
  const changes: Change[] = [
    { kind: 'erase', full: false },
    { kind: 'erase', full: true },
    ...words.map((goal): Change => ({ kind: 'format', goal, spare: 'usual', full: false })),
  ];
  const discs = [f.BD_R, f.CD_R_MULTI, f.DVD_PLUS_RW, f.DVD_R_CLOSED, { ...f.CD_R_MULTI, status: 'damaged' as const }];

  it('every goal of the engine has its words', () => {
    const engine = readFileSync(new URL('../../../crates/imapi/src/plan/format.rs', import.meta.url), 'utf8');
    const known = [...engine.matchAll(/\("([a-z]+)", FormatGoal::/g)].map((m) => m[1]).filter((word) => word !== 'usual');
    expect(known.length).toBeGreaterThan(7);
    expect(words.toSorted()).toEqual(known.toSorted());
    for (const goal of words) good(t.change.goal(goal).say);
  });
  it.each(changes.map((change) => [JSON.stringify(change), change] as const))('%s is told before, meanwhile and afterwards', (_, change) => {
    for (const m of discs) {
      good(t.change.title(m, change));
      good(t.change.lost(m, change));
      good(t.change.way(m, false).say);
      good(t.change.way(m, true).say);
    }
    for (const can of [false, true]) good(t.change.stopping(can, f.ERASE_PLAN));
    good(t.change.time(null));
    good(t.change.time(61));
    good(t.change.done(change));
    good(t.change.failed(change));
    for (const percent of [null, 40]) good(t.change.announce(change, percent));
    good(t.change.stopTitle(change));
    for (const waits of [false, true]) good(t.change.stopAsk(waits, 'DVD+RW'));
  });
  it('says that data is lost, and only when it is', () => {
    const erase: Change = { kind: 'erase', full: false };
    expect(t.change.lost(f.CD_R_MULTI, erase)).toContain('2 sessions');
    expect(t.change.lost(f.CD_R_MULTI, erase)).toContain('All of it is lost');
    expect(t.change.lost({ ...f.DVD_PLUS_RW, lastWrittenAddress: null, seemsBlank: true }, erase)).toContain('nothing is lost');
    expect(t.change.lost(f.DVD_PLUS_RW, { kind: 'format', goal: 'resume', spare: 'usual', full: false })).toBe('What is on the disc stays.');
    expect(t.change.lost(f.BD_R, { kind: 'format', goal: 'pow', spare: 'usual', full: false })).toContain('formatted once, for good');
  });
});

describe('notes', () => {
  it.each(list('NOTES'))('%s has a sentence', (code) => {
    expect(Object.keys(notes)).toContain(code);
    for (const args of [{}, FIGURES]) good(t.burn.note(code, args));
  });
});

describe('the medium', () => {
  it.each([f.NONE, f.BD_R, f.CD_R_MULTI, f.DVD_PLUS_RW, f.DVD_R_CLOSED, { ...f.BD_R, status: 'damaged' as const }, { ...f.DVD_PLUS_RW, status: 'unformatted' as const }, { ...f.DVD_R_CLOSED, status: 'unsupported' as const }, { ...f.DVD_PLUS_RW, writeProtected: true }, { ...f.DVD_PLUS_RW, backgroundFormat: 'running' as const }, { ...f.DVD_PLUS_RW, backgroundFormat: 'stopped' as const }, { ...f.DVD_PLUS_RW, typeName: 'BD-R (random recording)', rewritable: false, replaceable: false }, { ...f.DVD_R_CLOSED, typeName: 'HD DVD-R', status: 'unsupported' as const }, { ...f.DVD_R_CLOSED, typeName: 'BD-ROM' }, { ...f.CD_R_MULTI, typeName: 'BD-R', replaceable: true }])(
    '$typeName $status has a title and a sentence',
    (m) => {
      expect(t.medium.title(m)).toMatch(/\S/);
      good(t.medium.sentence(m));
    },
  );
});
