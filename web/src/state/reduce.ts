/** The pure reducer: (state, event) → state. No clock, no engine, no DOM. Events that do not fit the stage change nothing. */
import type { BurnEvent, BurnFailure, Phase } from '../api/types';
import type { Event } from './events';
import { enter, freshPhases, leave } from './phases';
import { rework } from './rework';
import { isBusy, isOver, tabOf, type Job, type LogEntry, type Sample, type Stage, type State } from './state';

const LOG_LENGTH = 500;
const SAMPLES = 240;

type Line = LogEntry extends infer E ? (E extends LogEntry ? Omit<E, 'at'> : never) : never;

const logged = (state: State, at: number, line: Line): State => ({
  ...state,
  log: [...state.log.slice(1 - LOG_LENGTH), { at, ...line } as LogEntry],
});

const staged = (state: State, stage: Stage): State => ({ ...state, stage });

export function reduce(state: State, event: Event): State {
  const { stage } = state;
  switch (event.type) {
    case 'started':
      return { ...state, capabilities: event.capabilities, drives: event.drives, stage: { at: 'welcome' } };
    case 'start-failed':
      return logged(staged(state, { at: 'broken', failure: event.failure }), event.at, { kind: 'failure', failure: event.failure });
    case 'crashed':
      return gone(state, event.at, event.failure);
    case 'drives':
      return { ...state, drives: event.drives };

    case 'opening':
      return isBusy(stage) ? state : { ...staged(state, { at: 'opening', drive: event.drive }), saving: { kind: 'no' } };
    case 'opened': {
      const opened = logged(state, event.at, { kind: 'opened', drive: event.open.drive });
      return logged(
        staged(opened, { at: 'ready', open: event.open, changing: false, planning: { kind: 'none' }, trouble: null, wish: null }),
        event.at,
        { kind: 'medium', medium: event.open.medium },
      );
    }
    case 'open-failed':
      return logged(staged(state, { at: 'refused', drive: event.drive, failure: event.failure }), event.at, {
        kind: 'failure',
        failure: event.failure,
      });
    case 'closed':
      return logged(staged(state, { at: 'welcome' }), event.at, { kind: 'closed' });
    case 'drive-gone':
      return gone(state, event.at, event.failure);

    case 'disc-changing':
      return stage.at === 'ready'
        ? { ...staged(state, { ...stage, changing: true, planning: { kind: 'none' }, trouble: null, wish: null }), saving: { kind: 'no' } }
        : state;
    case 'disc':
      return disc(state, event);
    case 'disc-trouble':
      return stage.at === 'ready'
        ? logged(staged(state, { ...stage, changing: false, trouble: event.failure }), event.at, { kind: 'failure', failure: event.failure })
        : state;
    case 'pace':
      return { ...state, pace: event.pace };

    case 'image':
      return isBusy(stage) ? state : chosen(state, event);
    case 'image-probed':
      return state.image?.ticket === event.ticket ? { ...state, image: { ...state.image, probe: event.probe } } : state;
    case 'cd-changed': {
      const { image } = state;
      if (isBusy(stage) || image?.ticket !== event.ticket || image.cd === undefined) return state;
      return { ...unplanned(state), image: { ...image, cd: { ...image.cd, source: event.source }, probe: { kind: 'reading' } } };
    }
    case 'cd-told': {
      const { image } = state;
      // What was told of tracks that have been changed since holds no more.
      if (image?.ticket !== event.ticket || image.cd?.source !== event.source) return state;
      const { source, told } = event;
      const name = source.audio === null ? image.name : (source.audio.title ?? told.title ?? '');
      return { ...state, image: { ...image, name, cd: { source, told } } };
    }
    case 'tab':
      return isBusy(stage) || state.tab === event.tab ? state : { ...unplanned(state), tab: event.tab, image: state.aside, aside: state.image };
    case 'image-removed':
      return isBusy(stage) ? state : { ...unplanned(state), image: null };
    case 'options':
      return isBusy(stage) ? state : { ...state, options: { ...state.options, ...event.patch } };
    case 'planning':
      return stage.at === 'ready' ? staged(state, { ...stage, planning: { kind: 'making', ticket: event.ticket } }) : state;
    case 'planned':
      return stage.at === 'ready' && isCurrent(stage, event.ticket)
        ? staged(state, { ...stage, planning: { kind: 'ready', ticket: event.ticket, plan: event.plan } })
        : state;
    case 'plan-refused':
      return stage.at === 'ready' && isCurrent(stage, event.ticket)
        ? staged(state, { ...stage, planning: { kind: 'refused', ticket: event.ticket, failure: event.failure } })
        : state;

    case 'burn':
      return burn(state, event.at);
    case 'burn-event':
      return burnEvent(state, event.at, event.event);
    case 'stop-asked':
      return (stage.at === 'burning' || stage.at === 'reworking') && stage.stop === 'no' ? staged(state, { ...stage, stop: 'asked' }) : state;
    case 'stop-withdrawn':
      return (stage.at === 'burning' || stage.at === 'reworking') && stage.stop === 'asked' ? staged(state, { ...stage, stop: 'no' }) : state;
    case 'stop':
      return stage.at === 'burning' || stage.at === 'reworking'
        ? logged(staged(state, { ...stage, stop: 'stopping' }), event.at, { kind: 'stop' })
        : state;
    case 'burnt': {
      if (stage.at !== 'burning') return state;
      const { result } = event;
      const job = ended(stage.job, event.at, result.outcome !== 'stopped');
      const open = { ...stage.open, medium: result.medium };
      return logged(staged(state, { at: 'done', open, job, result, ejected: false }), event.at, { kind: 'result', result });
    }
    case 'burn-failed':
      return failed(state, event.at, event.failure);
    case 'ejected': {
      const next = logged(state, event.at, { kind: 'medium', medium: event.medium });
      if ((stage.at === 'done' || stage.at === 'failed' || stage.at === 'reworked') && stage.open !== null) {
        return staged(next, { ...stage, open: { ...stage.open, medium: event.medium, loaded: emptied(stage.open.loaded) }, ejected: true });
      }
      return stage.at === 'ready' ? disc(state, { type: 'disc', at: event.at, medium: event.medium, loaded: emptied(stage.open.loaded) }) : state;
    }
    case 'back':
      if ((stage.at === 'done' || stage.at === 'failed' || stage.at === 'reworked') && stage.open !== null) {
        return { ...staged(state, { at: 'ready', open: stage.open, changing: false, planning: { kind: 'none' }, trouble: null, wish: null }), saving: { kind: 'no' } };
      }
      return isOver(stage) || stage.at === 'refused' ? staged(state, { at: 'welcome' }) : state;

    case 'wish':
    case 'wish-planning':
    case 'wish-planned':
    case 'wish-refused':
    case 'rework':
    case 'rework-event':
    case 'reworked':
    case 'rework-failed': {
      const next = rework(stage, event);
      if (next === null) return state;
      const moved = { ...staged(state, next.stage), saving: event.type === 'rework' ? ({ kind: 'no' } as const) : state.saving };
      return next.line === undefined ? moved : logged(moved, next.at ?? 0, next.line);
    }

    case 'saving': {
      const next = { ...state, saving: event.saving };
      if (event.saving.kind === 'saved') return logged(next, event.at, event.saving);
      return event.saving.kind === 'failed' ? logged(next, event.at, { kind: 'failure', failure: event.saving.failure }) : next;
    }
  }
}

/** A simulated drive that was opened holds no disc; a real one is not asked by name. */
const emptied = (loaded: string | null) => (loaded === null ? null : 'none');

const isCurrent = (stage: Extract<Stage, { at: 'ready' }>, ticket: number) =>
  stage.planning.kind === 'making' && stage.planning.ticket === ticket;

/** It goes to its tab; what was chosen in the other one stays there. */
function chosen(state: State, { at, image }: Extract<Event, { type: 'image' }>): State {
  const tab = tabOf(image);
  const aside = tab === state.tab ? state.aside : state.image;
  return logged({ ...unplanned(state), tab, image, aside }, at, { kind: 'image', name: image.name, bytes: image.bytes });
}

/** Another image or disc: what was planned holds no more. */
function unplanned(state: State): State {
  const { stage } = state;
  return stage.at === 'ready' ? staged(state, { ...stage, planning: { kind: 'none' } }) : state;
}

function disc(state: State, event: Extract<Event, { type: 'disc' }>): State {
  const { stage } = state;
  if (stage.at !== 'ready' && stage.at !== 'done' && stage.at !== 'failed' && stage.at !== 'reworked') return state;
  if (stage.open === null) return state;
  const open = { ...stage.open, medium: event.medium, loaded: event.loaded === undefined ? stage.open.loaded : event.loaded };
  const next = logged(state, event.at, { kind: 'medium', medium: event.medium });
  if (stage.at !== 'ready') return staged(next, { ...stage, open });
  return {
    ...staged(next, { ...stage, open, changing: false, planning: { kind: 'none' }, trouble: null, wish: null }),
    // What is on the disc is to be replaced only when that was said about this disc.
    options: { ...state.options, overwrite: false, speed: null },
    saving: { kind: 'no' },
  };
}

function gone(state: State, at: number, failure: BurnFailure): State {
  const { stage } = state;
  // A burn that runs rejects by itself, and knows better how far it came.
  if (isBusy(stage)) return state;
  if (stage.at === 'failed' || stage.at === 'done' || stage.at === 'reworked') {
    // The verdict stays; the drive behind it does not.
    const next = logged(state, at, { kind: 'failure', failure });
    return stage.at === 'done' ? next : staged(next, { ...stage, open: null });
  }
  const drive = stage.at === 'ready' ? stage.open.drive : stage.at === 'opening' ? stage.drive : null;
  return logged(staged(state, { at: 'refused', drive, failure }), at, { kind: 'failure', failure });
}

function burn(state: State, at: number): State {
  const { stage, image } = state;
  if (stage.at !== 'ready' || stage.planning.kind !== 'ready' || image === null) return state;
  const { plan } = stage.planning;
  const job: Job = {
    image: { name: image.name, bytes: image.bytes, sectors: plan.sectors, cd: image.cd?.told ? { tracks: image.cd.told.tracks.length, sessions: plan.cd?.sessions ?? 1, raw: plan.cd?.raw ?? false } : null },
    sourceRate: image.probe.kind === 'read' ? image.probe.bytesPerSecond : null,
    drive: stage.open.drive,
    before: stage.open.medium,
    plan,
    options: state.options,
    startedAt: at,
    endedAt: null,
    phases: freshPhases(plan, state.options.verify),
    phase: null,
    progress: null,
    written: null,
    samples: [],
    notes: [],
  };
  const next = logged(state, at, { kind: 'burn', name: image.name, drive: stage.open.drive });
  return { ...staged(next, { at: 'burning', open: stage.open, job, stop: 'no' }), saving: { kind: 'no' } };
}

function burnEvent(state: State, at: number, event: BurnEvent): State {
  const { stage } = state;
  if (stage.at !== 'burning') return state;
  const { job } = stage;
  switch (event.type) {
    case 'phase':
      return logged(
        staged(state, { ...stage, job: { ...job, phase: event.phase, progress: null, phases: enter(job.phases, event.phase, at, (sessionOf(job)?.number ?? 1) < (job.image.cd?.sessions ?? 1)) } }),
        at,
        { kind: 'phase', phase: event.phase },
      );
    case 'note': {
      // Said once is enough: closing a track and then its session is one thing to a person.
      const last = job.notes.at(-1);
      if (last?.code === event.code && JSON.stringify(last.args) === JSON.stringify(event.args)) return state;
      return logged(
        staged(state, { ...stage, job: { ...job, notes: [...job.notes, { at, code: event.code, args: event.args }] } }),
        at,
        { kind: 'note', code: event.code, args: event.args },
      );
    }
    case 'progress': {
      const writing = event.phase === 'write';
      return staged(state, {
        ...stage,
        job: {
          ...job,
          progress: event,
          written: writing ? event : job.written,
          samples: writing ? sampled(job.samples, { sectors: event.sectorsDone, times: event.times }) : job.samples,
          phases: job.phases.map((p) => (p.phase === event.phase ? { ...p, fraction: event.fraction } : p)),
        },
      });
    }
  }
}

/** Adds a point; when there are many, every second one goes. */
function sampled(samples: Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.sectors <= last.sectors) return samples;
  const next = [...samples, sample];
  return next.length <= SAMPLES ? next : next.filter((_, i) => i % 2 === 0 || i === next.length - 1);
}

/** The session of several that is being written. */
export function sessionOf(job: Job): { number: number; of: number } | null {
  const { number, of } = job.notes.findLast(({ code }) => code === 'session-begins')?.args ?? {};
  return typeof number === 'number' && typeof of === 'number' ? { number, of } : null;
}

const ended = (job: Job, at: number, whole: boolean): Job => ({ ...job, endedAt: at, phases: leave(job.phases, at, whole) });

function failed(state: State, at: number, told: BurnFailure): State {
  const { stage } = state;
  if (stage.at !== 'burning') return state;
  const failure = mayHaveWritten(stage.job, told) ? { ...told, refusedBeforeWriting: false } : told;
  const open = failure.medium === null ? (isGone(failure) ? null : stage.open) : { ...stage.open, medium: failure.medium };
  return logged(staged(state, { at: 'failed', open, job: ended(stage.job, at, false), failure, ejected: false }), at, {
    kind: 'failure',
    failure,
  });
}

/** Nobody may say that nothing was written once something was, or once the drive that would know is gone. */
function mayHaveWritten(job: Job, failure: BurnFailure): boolean {
  const reached = (...phases: Phase[]) => job.phases.some((p) => p.startedAt !== null && phases.includes(p.phase));
  return (job.written?.sectorsDone ?? 0) > 0 || reached('close', 'verify') || (isGone(failure) && reached('write'));
}

const GONE = new Set(['bridge-gone', 'usb-gone', 'drive-gone', 'connection-closed', 'engine-failed', 'usb-failed', 'no-drive-open']);
/** After these the drive cannot be asked any more. */
export const isGone = (failure: BurnFailure) => GONE.has(failure.code);
