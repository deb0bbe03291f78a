/** The speed curve as SVG paths: x is the place on the disc, y the speed. Pure. */
import type { Sample } from '../../state/state';
import { SECTOR_BYTES } from '../../texts/format';

export interface Plot {
  width: number;
  height: number;
  /** Speeds for the lines across, with their y. */
  lines: { y: number; times: number }[];
  /** Marks along the bottom, in sectors, with their x. */
  marks: { x: number; sectors: number }[];
  curve: string;
  fill: string;
  /** Where the curve ends. */
  end: { x: number; y: number };
  right: number;
}

/** Sectors of a CD. */
const MINUTE = 4500;
const LEFT = 34;
const BELOW = 20;

/** A round number at or above `n`: 1, 2, 4, 5, 8 or 10 times a power of ten. */
export function roundUp(n: number): number {
  if (n <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(n));
  const step = [1, 2, 4, 5, 8, 10].find((s) => s * power >= n - 1e-9) ?? 10;
  return step * power;
}

export function plot(samples: Sample[], total: number, width: number, height: number, minutes = false): Plot {
  const most = Math.max(1, ...samples.map((s) => s.times));
  const top = roundUp(most * 1.02);
  const x = (sectors: number) => LEFT + (Math.min(sectors, total) / Math.max(1, total)) * (width - LEFT - 4);
  const y = (times: number) => height - BELOW - (times / (top * 1.12)) * (height - BELOW - 8);
  const points = samples.map((s) => `${x(s.sectors).toFixed(1)} ${y(s.times).toFixed(1)}`);
  const last = samples.at(-1) ?? { sectors: 0, times: 0 };
  const end = { x: x(last.sectors), y: y(last.times) };
  const first = samples[0] === undefined ? LEFT : x(samples[0].sectors);
  const count = width < 420 ? 3 : 5;
  // Round in what the axis is read in: bytes, or minutes of a CD.
  const unit = minutes ? 1 / MINUTE : SECTOR_BYTES;
  const step = Math.max(1, roundUp((total * unit) / count) / unit);
  const marks = [];
  for (let n = 0; n < total * (width < 420 ? 0.72 : 0.88); n += step) marks.push({ x: x(n), sectors: n });
  return {
    width,
    height,
    lines: [0, top / 2, top].map((times) => ({ y: y(times), times })),
    marks,
    curve: points.length === 0 ? '' : `M${points.join('L')}`,
    fill: points.length === 0 ? '' : `M${first.toFixed(1)} ${y(0).toFixed(1)}L${points.join('L')}L${end.x.toFixed(1)} ${y(0).toFixed(1)}Z`,
    end,
    right: x(total),
  };
}
