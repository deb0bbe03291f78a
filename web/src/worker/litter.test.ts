import { afterEach, expect, test, vi } from 'vitest';
import type { BurnEvent } from '../api/types';
import { sweeping } from './litter';

const GIB = 524_288;
const progress = (sectorsDone: number) => ({ type: 'progress', sectorsDone }) as BurnEvent;

afterEach(() => vi.restoreAllMocks());

test('every event is passed on, and every gibibyte is swept once, written or read back', () => {
  const construct = vi.spyOn(Reflect, 'construct').mockImplementation(() => {
    throw new RangeError('too much');
  });
  const seen: BurnEvent[] = [];
  const on = sweeping((event) => seen.push(event));
  on({ type: 'phase', phase: 'write' });
  for (const at of [0, GIB - 1, GIB, GIB + 5, 2 * GIB + 7]) on(progress(at));
  expect(construct).toHaveBeenCalledTimes(2);
  on({ type: 'phase', phase: 'verify' });
  for (const at of [32, GIB - 1, GIB + 32]) on(progress(at));
  expect(construct).toHaveBeenCalledTimes(3);
  expect(seen).toHaveLength(10);
});
