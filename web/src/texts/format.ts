/** Figures as a person reads them: decimal units as on the box, one language, tabular digits. No sentences here. */

const LOCALE = 'en';
/** A narrow space that does not break: between a figure and its unit, and between groups of digits. */
const NARROW = '\u202f';
const NBSP = '\u00a0';

export const SECTOR_BYTES = 2048;

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** 8886720 → "8 886 720". */
export function integer(n: number): string {
  return whole
    .formatToParts(Math.round(n))
    .map((part) => (part.type === 'group' ? NARROW : part.value))
    .join('');
}

/** Three figures that matter: 4.91, 18.2, 478. */
function threeFigures(n: number): string {
  const digits = n < 9.995 ? 2 : n < 99.95 ? 1 : 0;
  return n.toFixed(digits);
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** 18 200 002 560 → "18.2 GB". Decimal, as discs are sold. */
export function bytes(n: number): string {
  let unit = 0;
  let value = n;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const figure = unit === 0 ? integer(value) : threeFigures(value);
  return `${figure}${NBSP}${n === 1 ? 'byte' : UNITS[unit]}`;
}

/** As `bytes`, without zeros after the point: for marks on an axis. */
export function roundBytes(n: number): string {
  return bytes(n).replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');
}

/** Sectors of 2048 bytes as an amount: "18.2 GB". */
export function sectorBytes(sectors: number): string {
  return bytes(sectors * SECTOR_BYTES);
}

/** Both of a pair in the unit of the larger: "18.2 of 25.0 GB" needs the same unit twice. */
export function bytesPair(part: number, total: number): [string, string] {
  // Far apart, each says more in a unit of its own.
  if (part > total * 1.5 || (part > 0 && part < total / 100)) return [bytes(part), bytes(total)];
  const unit = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, total)) / 3)));
  const scale = 1000 ** unit;
  const decimals = unit === 0 ? 0 : total / scale < 99.95 ? 1 : 0;
  return [(part / scale).toFixed(decimals), `${(total / scale).toFixed(decimals)}${NBSP}${UNITS[unit]}`];
}

/** 36 400 000 → "36.4 MB/s". */
export function rate(bytesPerSecond: number): string {
  return `${bytes(bytesPerSecond)}/s`;
}

/** 8.09 → "8.1×", 8 → "8×". */
export function times(x: number): string {
  const rounded = Math.round(x * 10) / 10;
  return `${Number.isInteger(rounded) ? rounded : rounded.toFixed(1)}×`;
}

/** 0.42 → "42 %". Never 100 before it is done. */
export function percent(fraction: number): string {
  return `${percentNumber(fraction)}${NBSP}%`;
}

/** 0.42 → 42. Rounds down, so that 100 means done. */
export function percentNumber(fraction: number): number {
  return Math.max(0, Math.min(100, Math.floor(fraction * 100 + 1e-9)));
}

/** 6 → "0:06", 542 → "9:02", 3723 → "1:02:03". */
export function stopwatch(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  const h = Math.floor(s / 3600);
  const m = Math.floor((s % 3600) / 60);
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

/** Sectors of a CD as time, 75 a second: 242 250 → "53:50". */
export function cdTime(sectors: number): string {
  const seconds = Math.round(sectors / 75);
  return `${integer(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

/** An amount of the disc: in minutes when what is burnt is told in minutes. */
export function discAmount(sectors: number, minutes: boolean): string {
  return minutes ? cdTime(sectors) : sectorBytes(sectors);
}

/** A forecast, coarse on purpose: "15 s", "9 min", "1 h 20 min". */
export function roughly(seconds: number): string {
  if (seconds < 55) return `${Math.max(1, seconds < 10 ? Math.ceil(seconds) : Math.ceil(seconds / 5) * 5)}${NBSP}s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes}${NBSP}min`;
  const h = Math.floor(minutes / 60);
  const m = minutes % 60;
  return m === 0 ? `${h}${NBSP}h` : `${h}${NBSP}h ${m}${NBSP}min`;
}

/** "14:36" in the reader's own time zone. */
export function clock(epochMilliseconds: number): string {
  return new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(epochMilliseconds);
}

/** "14:20:21" in the reader's own time zone. */
export function clockSeconds(epochMilliseconds: number): string {
  return new Intl.DateTimeFormat(LOCALE, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(epochMilliseconds);
}

/** "37.8 mm". */
export function millimetres(r: number): string {
  return `${r.toFixed(1)}${NBSP}mm`;
}

/** 0xC0AA0301. HRESULTs arrive signed or unsigned. */
export function hresult(value: number): string {
  return `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

/** "7.6 of 64 MiB": buffers are built in powers of two. */
export function mebibytes(n: number): string {
  const value = n / 1048576;
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

/** A digest in groups of eight, so that two people can compare it aloud. */
export function groups(hex: string): string[] {
  return hex.match(/.{1,8}/g) ?? [];
}
