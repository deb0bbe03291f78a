import { describe as suite, expect, it } from 'vitest';
import * as f from '../../testing/fixtures';
import { states } from '../../testing/states';
import { bandPath, place, radius, ringPath, stretches, type Plate } from './geometry';
import { describe, legendOf } from './legend';
import { pictureOf, pictureOfMedium } from './picture';

const BD: Plate = { family: 'bd', sectors: 12_219_392, layers: 1 };
const DL: Plate = { family: 'dvd', sectors: 4_173_824, layers: 2 };

suite('the geometry', () => {
  it.each([
    [0, 24],
    [3_732_416, 37.8],
    [8_886_720, 51.0],
    [12_219_392, 58],
  ])('BD: sector %d lies at %d mm', (n, mm) => expect(radius(BD, n)).toBeCloseTo(mm, 1));

  it('equal numbers of sectors cover equal areas', () => {
    const area = (a: number, b: number) => radius(BD, b) ** 2 - radius(BD, a) ** 2;
    expect(area(0, 1e6)).toBeCloseTo(area(11e6, 12e6), 6);
  });
  it('the second layer runs inwards', () => {
    const half = DL.sectors / 2;
    expect(place(DL, half - 1)).toMatchObject({ layer: 0 });
    expect(place(DL, half)).toEqual({ layer: 1, radius: 58 });
    expect(place(DL, DL.sectors)).toEqual({ layer: 1, radius: 24 });
    expect(stretches(DL, half - 1000, half + 1000)).toHaveLength(2);
    expect(stretches(DL, 0, 1000)).toHaveLength(1);
  });
  it('draws whole circles for one layer and halves for two', () => {
    expect(bandPath(1, 0, 24, 30)).toBe('M30 0A30 30 0 1 1 -30 0A30 30 0 1 1 30 0ZM24 0A24 24 0 1 1 -24 0A24 24 0 1 1 24 0Z');
    expect(bandPath(2, 0, 24, 30)).toBe('M0 -30A30 30 0 0 1 0 30L0 24A24 24 0 0 0 0 -24Z');
    expect(ringPath(2, 1, 30)).toBe('M0 30A30 30 0 0 1 0 -30');
  });
});

suite('the picture', () => {
  const all = states(Date.UTC(2026, 10, 20));

  it('shows an outline when there is no disc', () => {
    expect(pictureOf(all['first']!).ghost).toBe(true);
    expect(pictureOfMedium(f.NONE).ghost).toBe(true);
  });
  it('draws sessions, and ticks only when the disc is closed', () => {
    const multi = pictureOfMedium(f.CD_R_MULTI);
    expect(multi.spans.map((s) => [s.kind, s.from, s.to])).toEqual([['old-a', 0, 98_000], ['old-b', 109_400, 171_000]]);
    expect(multi.leadOutAt).toBeNull();
    expect(pictureOfMedium(f.DVD_R_CLOSED).leadOutAt).toBe(1_620_224);
  });
  it('an open session that is empty is not drawn, nor counted', () => {
    const open = { number: 3, firstTrack: 3, lastTrack: 3, start: 182_450, end: 359_847, open: true };
    const m = { ...f.CD_R_MULTI, sessions: [...f.CD_R_MULTI.sessions, open] };
    expect(pictureOfMedium(m).spans).toHaveLength(2);
    const begun = { ...m, tracks: m.tracks.map((t) => (t.number === 3 ? { ...t, blank: false, lastRecorded: 200_000 } : t)) };
    expect(pictureOfMedium(begun).spans.at(-1)).toMatchObject({ from: 182_450, to: 200_001 });
  });
  it('a closed disc keeps the scale of its kind', () => {
    const small = { ...f.DVD_R_CLOSED, totalSectors: 32, sessions: [{ number: 1, firstTrack: 1, lastTrack: 1, start: 0, end: 32, open: false }] };
    expect(pictureOfMedium(small).plate.sectors).toBe(2_295_104);
  });
  it('draws the plan over what it replaces', () => {
    const p = pictureOf(all['plan']!);
    expect(p.goal).toBe(8_886_720);
    expect(p.spans.map((s) => s.kind)).toEqual(['plan']);
    expect(p.laser).toBeNull();
  });
  it('the laser is shown only while it is on', () => {
    expect(pictureOf(all['burning']!).laser).toBeGreaterThan(3_000_000);
    expect(pictureOf(all['closing']!).laser).not.toBeNull();
    for (const name of ['plan', 'verifying', 'verified', 'failed', 'stopped']) expect(pictureOf(all[name]!).laser).toBeNull();
  });
  it('a check is drawn only for what was read back', () => {
    expect(pictureOf(all['verified']!).seal).toBe(true);
    for (const name of ['burning', 'failed', 'stopped']) expect(pictureOf(all[name]!).seal).toBe(false);
  });
  it('a damaged place needs a drive that named it', () => {
    expect(pictureOf(all['failed']!).bad).toHaveLength(1);
    expect(pictureOf(all['lost']!).bad).toHaveLength(0);
  });
  it('says the same in words', () => {
    expect(describe(pictureOf(all['first']!))).toContain('no disc');
    expect(describe(pictureOf(all['burning']!)).replace(/[\u00a0\u202f]/g, ' ')).toMatch(/From the centre outwards: lead-in; Written, 7\.\d+ GB, out to 37\.\d mm; .*the laser is at 37\.\d mm\.$/);
    expect(legendOf(pictureOf(all['verified']!)).map((r) => r.swatch)).toEqual(['good', 'leads']);
  });
  it('what a full erase has passed is gone from the picture, the laser stands at its end', () => {
    const p = pictureOf(all['erasing']!);
    expect(p.laser).toBe(p.plate.sectors / 4);
    expect(p.spans.every((s) => s.from >= p.plate.sectors / 4)).toBe(true);
    expect(p.hub?.[0]).toContain('25');
    expect(p.leadOutAt).toBeNull();
    expect(pictureOf(all['erased']!).spans).toEqual([]);
  });
  it('a place where power failed and that the drive does not tell is only bounded', () => {
    const damaged = { ...f.CD_R, status: 'damaged' as const, sessions: [{ number: 1, firstTrack: 1, lastTrack: 1, start: 0, end: 359_849, open: true }], tracks: [{ number: 1, session: 1, start: 0, sectors: 359_849, kind: 'data' as const, blank: false, nextWritable: null, lastRecorded: null, freeSectors: 0 }] };
    expect(pictureOfMedium(damaged).spans[0]?.amount).toContain('up to');
  });
  it.each(Object.keys(all))('%s: bands are in order and inside the disc', (name) => {
    const p = pictureOf(all[name]!);
    let end = 0;
    for (const s of p.spans) {
      expect(s.from).toBeGreaterThanOrEqual(end);
      expect(s.to).toBeGreaterThan(s.from);
      end = s.to;
    }
    expect(end).toBeLessThanOrEqual(p.plate.sectors);
  });
});
