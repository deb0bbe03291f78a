import { describe, expect, it } from 'vitest';
import { plot, roundUp } from './curve';

describe('the speed curve', () => {
  it.each([
    [0, 1],
    [0.7, 0.8],
    [1, 1],
    [3, 4],
    [8.3, 10],
    [17, 20],
    [48, 50],
  ])('%d is rounded up to %d', (n, round) => expect(roundUp(n)).toBeCloseTo(round));

  it('places what was written on the axis of the whole image', () => {
    const p = plot([{ sectors: 0, times: 4 }, { sectors: 500, times: 8 }], 1000, 600, 150);
    expect(p.end.x).toBeCloseTo((34 + p.right) / 2);
    expect(p.curve).toMatch(/^M34\.0 \d/);
    expect(p.lines.map((l) => l.times)).toEqual([0, 5, 10]);
    // Faster is higher.
    expect(p.lines[0]!.y).toBeGreaterThan(p.lines[2]!.y);
    expect(p.marks[0]).toEqual({ x: 34, sectors: 0 });
  });
  it('survives having nothing to show', () => {
    const p = plot([], 0, 300, 150);
    expect(p.curve).toBe('');
    expect(Number.isFinite(p.end.x)).toBe(true);
  });
});
