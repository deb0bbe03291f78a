/** The legend of the picture, and its text alternative: the same rows, from the centre outwards. Pure. */
import { t } from '../../texts';
import { millimetres } from '../../texts/format';
import { place, radius } from './geometry';
import type { Picture } from './picture';

export interface Row {
  swatch: string;
  label: string;
  amount: string;
  /** "37.8 mm". */
  radius: string;
}

/** More sessions than this are one row. */
const MOST_ROWS = 9;

export function legendOf(p: Picture): Row[] {
  if (p.ghost) return [];
  const mm = (n: number) => millimetres(radius(p.plate, n));
  const rows: Row[] = [];
  if (p.laser !== null) rows.push({ swatch: 'laser', label: t.disc.label.laser, amount: '', radius: mm(p.laser) });
  const shown = p.spans.length > MOST_ROWS ? [...p.spans.slice(0, 3), ...p.spans.slice(-4)] : p.spans;
  for (const s of shown) rows.push({ swatch: s.kind, label: s.label, amount: s.amount, radius: mm(s.to) });
  for (const b of p.bad) rows.push({ swatch: 'bad', label: b.label, amount: b.amount, radius: mm(b.from) });
  if (p.free !== null) rows.push({ swatch: 'free', label: p.free.label, amount: p.free.amount, radius: mm(p.plate.sectors) });
  if (p.leadOutAt !== null) rows.push({ swatch: 'leads', label: t.disc.label.leadOut, amount: '', radius: mm(p.leadOutAt) });
  return rows;
}

/** The picture in words, from the centre outwards. */
export function describe(p: Picture): string {
  if (p.ghost) return t.disc.ghost;
  const said = [t.disc.start(p.blank)];
  for (const s of p.spans) {
    const end = place(p.plate, s.to);
    said.push(
      p.plate.layers > 1
        ? t.disc.spanInwards(s.label, s.amount, end.layer, end.radius)
        : t.disc.span(s.label, s.amount, end.radius),
    );
  }
  for (const b of p.bad) said.push(t.disc.bad(b.label, radius(p.plate, b.from)));
  if (p.free !== null) said.push(t.disc.rest(p.free.label, p.free.amount));
  if (p.leadOutAt !== null) said.push(t.disc.closed);
  if (p.laser !== null) said.push(t.disc.laser(radius(p.plate, p.laser)));
  return `${said.join('; ')}.`;
}
