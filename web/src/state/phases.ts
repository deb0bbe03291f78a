/** Steps of a plan as the five phases a person sees, and what is expected of each. */
import type { BurnPlan, Phase } from '../api/types';
import { PHASES, type Job, type PhaseRecord } from './state';

const PHASE_OF: Record<string, Phase> = {
  calibrate: 'calibrate',
  write: 'write',
  flush: 'close',
  'close-track': 'close',
  'close-session': 'close',
  'close-disc': 'close',
  'fill-up': 'close',
  'stop-format': 'close',
  reload: 'verify',
  verify: 'verify',
};

/** Steps nobody has listed happen before the laser is on. */
export function phaseOf(step: string): Phase {
  return PHASE_OF[step] ?? 'prepare';
}

/** Expected seconds of each phase; null when a step of it is unknown and the rest adds up to nothing. */
export function expectations(plan: BurnPlan): Record<Phase, number | null> {
  const sums: Record<Phase, number | null> = { prepare: null, calibrate: null, write: null, close: null, verify: null };
  for (const step of plan.steps) {
    if (step.seconds === null) continue;
    const phase = phaseOf(step.code);
    sums[phase] = (sums[phase] ?? 0) + step.seconds;
  }
  return sums;
}

/** The track of a burn that has not begun: without verifying, or where the drive calibrates by itself, it is shorter. */
export function freshPhases(plan: BurnPlan, verify: boolean): PhaseRecord[] {
  const expected = expectations(plan);
  const planned = new Set(plan.steps.map((step) => phaseOf(step.code)));
  return PHASES.filter((phase) => (phase === 'verify' ? verify : phase !== 'calibrate' || planned.has(phase))).map((phase) => ({
    phase,
    expected: expected[phase],
    startedAt: null,
    endedAt: null,
    fraction: null,
  }));
}

/** Enters a phase: the one before it is over. With `more` sessions to come it is not: it keeps its share, and goes on later. */
export function enter(known: PhaseRecord[], phase: Phase, at: number, more = false): PhaseRecord[] {
  const fresh: PhaseRecord = { phase, expected: null, startedAt: null, endedAt: null, fraction: null };
  const phases = known.some((record) => record.phase === phase)
    ? known
    : [...known, fresh].toSorted((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase));
  return phases.map((record) => {
    if (record.phase === phase) {
      // What it took before counts.
      const before = record.startedAt !== null && record.endedAt !== null ? record.endedAt - record.startedAt : 0;
      return record.startedAt === null || record.endedAt !== null ? { ...record, startedAt: at - before, endedAt: null } : record;
    }
    if (record.startedAt !== null && record.endedAt === null) return { ...record, endedAt: at, fraction: more ? record.fraction : 1 };
    return record;
  });
}

/** Ends the phase that runs. `whole` when it came to its end, else its share stays. */
export function leave(phases: PhaseRecord[], at: number, whole: boolean): PhaseRecord[] {
  return phases.map((record) =>
    record.startedAt !== null && record.endedAt === null
      ? { ...record, endedAt: at, fraction: whole ? 1 : record.fraction }
      : record,
  );
}

/** Seconds that the phases after this one are expected to take. */
export function secondsAfter(job: Job): number {
  const now = job.phases.findIndex((record) => record.phase === job.phase);
  return job.phases.slice(now + 1).reduce((sum, record) => sum + (record.expected ?? 0), 0);
}

/** Seconds a phase took or has taken. */
export function secondsOf(record: PhaseRecord, now: number): number | null {
  return record.startedAt === null ? null : Math.max(0, ((record.endedAt ?? now) - record.startedAt) / 1000);
}
