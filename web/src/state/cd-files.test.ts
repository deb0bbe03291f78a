import { describe, expect, it } from 'vitest';
import { discName, fileName, planFiles, trackName } from './cd-files';
import type { CdContents, CdDiscTrack } from '../api/cd-reading';

const track = (number: number, over: Partial<CdDiscTrack> = {}): CdDiscTrack => ({
  number,
  session: 1,
  audio: true,
  start: number * 1000,
  sectors: 1000,
  title: null,
  performer: null,
  ...over,
});
const disc = (tracks: CdDiscTrack[], over: Partial<CdContents> = {}): CdContents => ({
  sessions: 1,
  title: null,
  performer: null,
  tracks,
  sectors: tracks.length * 1000,
  ...over,
});

describe('names of files', () => {
  it.each([
    ['AC/DC: Live?', 'AC - DC - Live'],
    ['  a\u0000\tb  c ', 'ab c'],
    ['..hidden', 'hidden'],
    ['ends with dots... ', 'ends with dots'],
    ['“Ça ira” – 東京', '“Ça ira” – 東京'],
    ['<>"*?', ''],
    ['..', ''],
    ['e\u0301', 'é'],
  ])('%j becomes %j', (text, name) => expect(fileName(text)).toBe(name));
  it('cuts between characters, not within one', () => {
    expect(fileName('🎵'.repeat(200))).toBe('🎵'.repeat(120));
  });
  it('a track has its number, who plays and its title, where the disc tells', () => {
    const told = disc([], { performer: 'The Band' });
    expect(trackName(told, track(4, { title: 'Song', performer: 'Her' }))).toBe('04 Her - Song');
    expect(trackName(told, track(12, { title: 'Song' }))).toBe('12 The Band - Song');
    expect(trackName(told, track(5))).toBe('Track 05');
    expect(trackName(disc([]), track(5, { title: '???' }))).toBe('Track 05');
  });
  it('a disc without texts has a name, too', () => {
    expect(discName(disc([]))).toBe('Disc');
    expect(discName(disc([], { performer: 'A', title: 'B/C' }))).toBe('A - B - C');
  });
});

describe('files of a wish', () => {
  const mixed = disc([track(1, { audio: false }), track(2, { title: 'Two' }), track(3)]);
  it('a file for each track, audio as WAV, data as ISO', () => {
    const plan = planFiles(mixed, { kind: 'tracks', sound: 'wav', tracks: [1, 2, 3] });
    expect(plan.files).toEqual(['Track 01.iso', '02 Two.wav', 'Track 03.wav']);
    expect(plan.jobs).toMatchObject([{ number: 1, form: 'iso', file: 0 }, { number: 2, form: 'wav', file: 1 }, { number: 3, form: 'wav', file: 2 }]);
    expect(plan.bytes).toBe(1000 * (2048 + 2352 + 2352));
  });
  it('audio as FLAC where that is wished', () => {
    const plan = planFiles(mixed, { kind: 'tracks', sound: 'flac', tracks: [1, 2] });
    expect(plan.files).toEqual(['Track 01.iso', '02 Two.flac']);
    expect(plan.jobs).toMatchObject([{ form: 'iso' }, { number: 2, form: 'flac', file: 1 }]);
  });
  it('tracks that the disc does not have give nothing', () => {
    expect(planFiles(mixed, { kind: 'tracks', sound: 'wav', tracks: [9] }).files).toEqual([]);
  });
  it('images: the file with the sectors is the one that the sheet will name', () => {
    const cue = planFiles(mixed, { kind: 'disc', image: 'cue' });
    expect(cue.files).toEqual(['Disc.bin', 'Disc.cue']);
    expect(cue.jobs).toMatchObject([{ kind: 'disc', image: 'cue', mains: [{ file: 0, name: 'Disc.bin' }], sub: null, description: 1 }]);
    expect(cue.bytes).toBe(3000 * 2352);
    const ccd = planFiles(mixed, { kind: 'disc', image: 'ccd' });
    expect(ccd.files).toEqual(['Disc.img', 'Disc.ccd', 'Disc.sub']);
    expect(ccd.bytes).toBe(3000 * (2352 + 96));
  });
  it('several sessions: a file for each beside a sheet, one of all beside a clone', () => {
    const two = disc([track(1), track(2, { audio: false, session: 2 })], { sessions: 2, title: 'Extra' });
    const cue = planFiles(two, { kind: 'disc', image: 'cue' });
    expect(cue.files).toEqual(['Extra.bin', 'Extra (Session 2).bin', 'Extra.cue']);
    expect(cue.jobs).toMatchObject([{ mains: [{ file: 0, name: 'Extra.bin' }, { file: 1, name: 'Extra (Session 2).bin' }], sub: null, description: 2 }]);
    expect(planFiles(two, { kind: 'disc', image: 'ccd' }).jobs).toMatchObject([{ mains: [{ file: 0, name: 'Extra.img' }], sub: 2, description: 1 }]);
  });
});
