import { describe, expect, it } from 'vitest';
import { cdOf, tracksOf, type AudioWish, type CdDescription, type CdTrack } from '../api/cds';
import * as f from '../testing/fixtures';
import { changed, gapped, hasTexts, moved, roomFor, rowsOf, runningTime, tooShort } from './tracks';

const file = (name: string, size = 10) => new File([new Uint8Array(size)], name);
const wishes = () => tracksOf([file('b10.wav'), file('b2.wav'), file('cover.jpg'), file('a.flac')]);
const known = (id: number, sectors: number | null, title: string | null = null): CdTrack => ({
  session: 1, number: 1, id, audio: true, start: 0, sectors, pregap: 150, isrc: null, title, performer: null, notes: [], fault: null,
});
const told = (tracks: CdTrack[]): CdDescription => ({ sessions: 1, graphics: false, leadOut: 0, mcn: null, title: null, performer: null, tracks, notes: [], leftOut: [] });
const audioOf = (tracks: AudioWish['tracks']): AudioWish => ({ tracks, title: null, performer: null });

describe('tracks', () => {
  it('come in the order that a person counts, two seconds apart, of sound alone', () => {
    const tracks = wishes();
    expect(tracks.map((track) => [track.file.name, track.gap])).toEqual([['a.flac', 150], ['b2.wav', 150], ['b10.wav', 150]]);
    expect(new Set(tracks.map(({ id }) => id)).size).toBe(3);
  });
  it('move to a place and no further than the ends', () => {
    const tracks = wishes();
    const names = (to: number, of = 0) => moved(tracks, tracks[of]?.id ?? 0, to).map((track) => track.file.name);
    expect(names(1)).toEqual(['b2.wav', 'a.flac', 'b10.wav']);
    expect(names(2)).toEqual(['b2.wav', 'b10.wav', 'a.flac']);
    expect(names(9)).toEqual(['b2.wav', 'b10.wav', 'a.flac']);
    expect(names(-4, 2)).toEqual(['b10.wav', 'a.flac', 'b2.wav']);
    expect(moved(tracks, -1, 0)).toBe(tracks);
  });
  it('are changed one by one, and paused all at once', () => {
    const tracks = wishes();
    const second = tracks[1]?.id ?? 0;
    expect(changed(tracks, second, { title: 'Two', gap: 0 }).map(({ title, gap }) => [title, gap])).toEqual([[null, 150], ['Two', 0], [null, 150]]);
    expect(gapped(tracks, 0).every(({ gap }) => gap === 0)).toBe(true);
  });
  it('run for their lengths and the pauses between them', () => {
    const tracks = wishes();
    const ids = tracks.map(({ id }) => id);
    const rows = rowsOf(audioOf(tracks), told([known(ids[2] ?? 0, 1000), known(ids[0] ?? 0, 3000), known(ids[1] ?? 0, null)]));
    expect(rows.map((row) => row.known?.sectors)).toEqual([3000, null, 1000]);
    // The pause before the first lies before the disc's first minute.
    expect(runningTime(rows)).toBe(3000 + 150 + 150 + 1000);
    expect(runningTime([])).toBe(0);
    expect(runningTime(rowsOf(audioOf(tracks), null))).toBe(300);
  });
  it('are too short below four seconds, and not before their length is known', () => {
    const [wish] = wishes();
    if (wish === undefined) throw new Error('no track');
    expect([299, 300, null].map((sectors) => tooShort({ wish, known: known(wish.id, sectors) }))).toEqual([true, false, false]);
    expect(tooShort({ wish, known: null })).toBe(false);
  });
  it('have room on a CD alone', () => {
    expect([f.CD_R, f.BD_R, f.NONE].map(roomFor)).toEqual([359_847, null, null]);
  });
  it('have texts when somebody typed or tagged one', () => {
    const source = cdOf([file('1.wav')]);
    if (source === null || source.audio === null) throw new Error('no disc');
    const [track] = source.audio.tracks;
    const id = track?.id ?? 0;
    expect(hasTexts(source, told([known(id, 300)]))).toBe(false);
    expect(hasTexts(source, told([known(id, 300, 'One')]))).toBe(true);
    const typed = { ...source, audio: { ...source.audio, tracks: changed(source.audio.tracks, id, { title: '' }) } };
    expect(hasTexts(typed, told([known(id, 300, 'One')]))).toBe(false);
    expect(hasTexts({ ...typed, audio: { ...typed.audio, title: 'Album' } }, told([known(id, 300)]))).toBe(true);
  });
});

describe('the files of a CD', () => {
  it('are an image when one of them describes it, tracks when they are sound, else neither', () => {
    expect(cdOf([file('d.bin', 2352), file('d.cue')])).toMatchObject({ main: 'd.cue', audio: null });
    expect(cdOf([file('1.flac'), file('d.cue')])).toMatchObject({ main: 'd.cue' });
    expect(cdOf([file('d.nrg')])?.main).toBe('d.nrg');
    expect(cdOf([file('raw.bin', 2352)])?.main).toBe('raw.bin');
    expect(cdOf([file('1.mp3'), file('notes.txt')])?.audio?.tracks).toHaveLength(1);
    expect(cdOf([file('data.bin', 4096)])).toBeNull();
    expect(cdOf([file('disc.iso', 2352)])).toBeNull();
  });
});
