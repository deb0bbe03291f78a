/** What a screen reader is told politely while a burn runs: each phase, and 0, 25, 50, 75, 100 % of it. Pure. */
import type { Phase } from '../api/types';
import type { State } from './state';

export type Announcement = { kind: 'phase'; phase: Phase } | { kind: 'percent'; phase: Phase; percent: number };

const quarter = (fraction: number | null | undefined) =>
  fraction === null || fraction === undefined ? null : Math.floor(Math.min(1, fraction) * 4 + 1e-9) * 25;

const jobOf = ({ stage }: State) => (stage.at === 'burning' ? stage.job : stage.at === 'reworking' ? stage.rework : null);

/** What changed between two states, or null when there is nothing to say. */
export function announce(before: State, after: State): Announcement | null {
  const job = jobOf(after);
  const old = jobOf(before);
  if (job === null || job.phase === null) return null;
  if (old?.phase !== job.phase) return { kind: 'phase', phase: job.phase };
  const percent = quarter(job.progress?.fraction);
  if (percent === null || percent === quarter(old.progress?.fraction)) return null;
  return { kind: 'percent', phase: job.phase, percent };
}
