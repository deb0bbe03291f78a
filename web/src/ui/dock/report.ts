/** The report of a failed burn: facts only, for whoever is asked to help. File contents never leave the computer. */
import type { LogEntry, Stage } from '../../state/state';

export function report(stage: Extract<Stage, { at: 'failed' }>, log: LogEntry[]): unknown {
  const { job, failure } = stage;
  return {
    program: 'webburn',
    at: new Date(job.endedAt ?? job.startedAt).toISOString(),
    drive: job.drive,
    image: { bytes: job.image.bytes, sectors: job.image.sectors },
    options: job.options,
    plan: job.plan,
    phases: job.phases,
    failure,
    before: job.before,
    samples: job.samples,
    notes: job.notes,
    log: log.slice(-200).map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })),
  };
}
