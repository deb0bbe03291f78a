import { describe, expect, it } from 'vitest';
import * as f from './format';

const flat = (s: string) => s.replace(/[\u00a0\u202f]/g, ' ');

describe('figures', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_400, '1.40 kB'],
    [478_000_000, '478 MB'],
    [999_600_000, '1.00 GB'],
    [4_910_000_000, '4.91 GB'],
    [18_200_002_560, '18.2 GB'],
    [128_000_000_000, '128 GB'],
  ])('%d bytes is %s', (n, said) => expect(flat(f.bytes(n))).toBe(said));

  it('pairs share the unit of the whole', () => {
    expect(f.bytesPair(18_200_000_000, 25_000_000_000).map(flat)).toEqual(['18.2', '25.0 GB']);
    expect(f.bytesPair(819_200, 737_000_000).map(flat)).toEqual(['819 kB', '737 MB']);
    expect(f.bytesPair(246_000_000, 363_000_000).map(flat)).toEqual(['246', '363 MB']);
    expect(f.bytesPair(18_200_000_000, 737_000_000).map(flat)).toEqual(['18.2 GB', '737 MB']);
  });
  it.each([
    [0, '0:00'],
    [6, '0:06'],
    [542, '9:02'],
    [3723, '1:02:03'],
  ])('%d s on a stopwatch is %s', (s, said) => expect(f.stopwatch(s)).toBe(said));
  it.each([
    [0.2, '1 s'],
    [14, '15 s'],
    [54, '55 s'],
    [58, '1 min'],
    [1200, '20 min'],
    [3600, '1 h'],
    [4800, '1 h 20 min'],
  ])('about %d s is %s', (s, said) => expect(flat(f.roughly(s))).toBe(said));

  it('percent rounds down, so that 100 means done', () => {
    expect(f.percentNumber(0.9999)).toBe(99);
    expect(f.percentNumber(0.29)).toBe(29);
    expect(f.percentNumber(1)).toBe(100);
    expect(flat(f.percent(0.42))).toBe('42 %');
  });
  it('speeds, codes, digests', () => {
    expect(f.times(8.09)).toBe('8.1×');
    expect(f.times(8)).toBe('8×');
    expect(f.hresult(0xc0aa0301 | 0)).toBe('0xC0AA0301');
    expect(f.integer(8_886_720)).toBe('8\u202f886\u202f720');
    expect(f.groups('0123456789abcdef')).toEqual(['01234567', '89abcdef']);
    expect(flat(f.roundBytes(5e9))).toBe('5 GB');
    expect(flat(f.roundBytes(2.5e8))).toBe('250 MB');
    expect(flat(f.roundBytes(1.5e9))).toBe('1.5 GB');
  });
});
