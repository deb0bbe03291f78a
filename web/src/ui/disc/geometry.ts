/**
 * The picture of the disc, to scale: a pure function from sectors to millimetres. No DOM, no state.
 *
 * A burner writes one spiral at constant linear density, so equal numbers of sectors cover equal AREAS of the ring. With
 *   r0  radius in mm of the first user sector (LBA 0)
 *   r1  radius in mm where the medium is full
 *   N   capacity of one layer in sectors
 * the radius of sector n is
 *   r(n) = √( r0² + n · (r1² − r0²) / N )                                                                      (1)
 * (1) is the spiral itself: turns × pitch × length per sector gives the same factor (r1² − r0²) / N ≈ L · p / π, with
 *   CD   L = 16.00 mm (1.2 m/s ÷ 75)      p = 1.50 µm (80 min)   N = 359 847
 *   DVD  L =  5.158 mm (38 688 channel bits × 133.3 nm)  0.74 µm  N = 2 295 104
 *   BD   L =  2.240 mm (962 136 bits × 74.5 nm ÷ 32)     0.32 µm  N = 12 219 392
 * so the drawing is to scale and not merely proportional, for 90- and 99-minute discs too (their L·p is smaller).
 *
 * ANGLES MEAN NOTHING: no drive tells at which angle a sector lies. Bands are whole rings. Only with several layers is
 * the ring cut: layer 0 on the right half, layer 1 on the left; odd layers run inwards (opposite track path). One SVG
 * unit is one millimetre.
 */
export type Family = 'cd' | 'dvd' | 'bd' | 'other';

interface Rings {
  /** Inner edge of the lead-in, in mm. */
  leadIn: number;
  r0: number;
  r1: number;
}

const RINGS: Record<Family, Rings> = {
  cd: { leadIn: 23.0, r0: 25.0, r1: 58.0 },
  dvd: { leadIn: 22.6, r0: 24.0, r1: 58.0 },
  bd: { leadIn: 22.2, r0: 24.0, r1: 58.0 },
  other: { leadIn: 22.6, r0: 24.0, r1: 58.0 },
};

/** What the geometry must know about a medium. */
export interface Plate {
  family: Family;
  /** Capacity of the whole medium in sectors; at least 1. */
  sectors: number;
  layers: number;
}

/** One place: how far out, and on which layer. */
export interface Place {
  layer: number;
  radius: number;
}

/** A stretch of one layer, from the inner radius to the outer. */
export interface Stretch {
  layer: number;
  inner: number;
  outer: number;
}

export function rings(plate: Plate): Rings {
  return RINGS[plate.family];
}

const layerSectors = (plate: Plate) => Math.max(1, plate.sectors) / Math.max(1, plate.layers);

function radiusOnLayer(plate: Plate, layer: number, offset: number): number {
  const { r0, r1 } = RINGS[plate.family];
  const n = layerSectors(plate);
  const share = Math.max(0, Math.min(1, offset / n));
  const outward = layer % 2 === 0 ? share : 1 - share;
  return Math.sqrt(r0 * r0 + outward * (r1 * r1 - r0 * r0));
}

/** Where sector `n` lies. Addresses before 0 and beyond the end are held at the edges. */
export function place(plate: Plate, n: number): Place {
  const per = layerSectors(plate);
  const clamped = Math.max(0, Math.min(n, plate.sectors));
  const layer = Math.min(Math.max(1, plate.layers) - 1, Math.floor(clamped / per));
  return { layer, radius: radiusOnLayer(plate, layer, clamped - layer * per) };
}

/** The radius alone, for words. */
export function radius(plate: Plate, n: number): number {
  return place(plate, n).radius;
}

/** The sectors `[from, to)` as stretches, one for every layer they touch. */
export function stretches(plate: Plate, from: number, to: number): Stretch[] {
  const per = layerSectors(plate);
  const found: Stretch[] = [];
  for (let layer = 0; layer < Math.max(1, plate.layers); layer++) {
    const start = Math.max(from, layer * per);
    const end = Math.min(to, (layer + 1) * per);
    if (end <= start && !(layer === 0 && from === to && from === 0)) continue;
    const a = radiusOnLayer(plate, layer, start - layer * per);
    const b = radiusOnLayer(plate, layer, end - layer * per);
    found.push({ layer, inner: Math.min(a, b), outer: Math.max(a, b) });
  }
  return found;
}

const f = (x: number) => x.toFixed(2).replace(/\.?0+$/, '').replace(/^-0$/, '0');

/** Start and end angle of a layer, clockwise from 12 o'clock, in radians. Whole circles for one layer. */
function sweep(layers: number, layer: number): [number, number] {
  const share = (2 * Math.PI) / layers;
  return [layer * share, (layer + 1) * share];
}

const at = (r: number, angle: number) => `${f(r * Math.sin(angle))} ${f(-r * Math.cos(angle))}`;

function wholeCircle(r: number): string {
  return `M${f(r)} 0A${f(r)} ${f(r)} 0 1 1 ${f(-r)} 0A${f(r)} ${f(r)} 0 1 1 ${f(r)} 0Z`;
}

/** SVG path of a band between two radii on one layer. Use with fill-rule evenodd. */
export function bandPath(layers: number, layer: number, inner: number, outer: number): string {
  if (layers <= 1) return wholeCircle(outer) + wholeCircle(inner);
  const [a, b] = sweep(layers, layer);
  return `M${at(outer, a)}A${f(outer)} ${f(outer)} 0 0 1 ${at(outer, b)}L${at(inner, b)}A${f(inner)} ${f(inner)} 0 0 0 ${at(inner, a)}Z`;
}

/** SVG path of a line at one radius on one layer. */
export function ringPath(layers: number, layer: number, r: number): string {
  if (layers <= 1) return wholeCircle(r);
  const [a, b] = sweep(layers, layer);
  return `M${at(r, a)}A${f(r)} ${f(r)} 0 0 1 ${at(r, b)}`;
}

/** Degrees by which the sled line (3 o'clock) turns for a layer. */
export function sledAngle(layers: number, layer: number): number {
  if (layers <= 1) return 0;
  const [a, b] = sweep(layers, layer);
  return (((a + b) / 2) * 180) / Math.PI - 90;
}

/** A length for an attribute: two decimals at most. */
export const millimetre = f;
