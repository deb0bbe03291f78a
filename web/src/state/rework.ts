/** Erasing and formatting in the reducer: what is wished, what runs, how it ended. Pure. */
import type { BurnEvent, BurnPlan, Phase } from '../api/types';
import type { Event } from './events';
import type { LogEntry, Planning, Rework, Stage } from './state';

type Line = LogEntry extends infer E ? (E extends LogEntry ? Omit<E, 'at'> : never) : never;

/** The next stage, and what is written down; `null` when the event does not fit. */
export interface Next {
  stage: Stage;
  at?: number;
  line?: Line;
}

type Ready = Extract<Stage, { at: 'ready' }>;
type Reworking = Extract<Stage, { at: 'reworking' }>;
export type ReworkEvent = Extract<Event, { type: `wish${string}` | `rework${string}` }>;

export function rework(stage: Stage, event: ReworkEvent): Next | null {
  if (stage.at === 'ready') return wished(stage, event);
  return stage.at === 'reworking' ? running(stage, event) : null;
}

function wished(stage: Ready, event: ReworkEvent): Next | null {
  const { wish } = stage;
  switch (event.type) {
    case 'wish':
      return { stage: { ...stage, wish: event.change === null ? null : { change: event.change, planning: { kind: 'none' } } } };
    case 'wish-planning':
      return wish === null ? null : { stage: { ...stage, wish: { ...wish, planning: { kind: 'making', ticket: event.ticket } } } };
    case 'wish-planned':
      return planned(stage, event.ticket, { kind: 'ready', ticket: event.ticket, plan: event.plan });
    case 'wish-refused':
      return planned(stage, event.ticket, { kind: 'refused', ticket: event.ticket, failure: event.failure });
    case 'rework': {
      if (wish === null || wish.planning.kind !== 'ready') return null;
      const { drive, medium } = stage.open;
      const begun: Rework = {
        change: wish.change,
        drive,
        before: medium,
        plan: wish.planning.plan,
        startedAt: event.at,
        endedAt: null,
        phase: null,
        progress: null,
        notes: [],
      };
      return {
        stage: { at: 'reworking', open: stage.open, rework: begun, stop: 'no' },
        at: event.at,
        line: { kind: 'rework', change: wish.change, type: medium.typeName, drive },
      };
    }
    default:
      return null;
  }
}

/** A later wish has made an earlier plan worthless. */
function planned(stage: Ready, ticket: number, planning: Planning): Next | null {
  const { wish } = stage;
  const current = wish?.planning.kind === 'making' && wish.planning.ticket === ticket;
  return current ? { stage: { ...stage, wish: { ...wish, planning } } } : null;
}

function running(stage: Reworking, event: ReworkEvent): Next | null {
  switch (event.type) {
    case 'rework-event':
      return told(stage, event.at, event.event);
    case 'reworked': {
      const { outcome, medium } = event.result;
      const done: Rework = { ...stage.rework, endedAt: event.at };
      return {
        stage: { at: 'reworked', open: { ...stage.open, medium }, rework: done, end: outcome, ejected: false },
        at: event.at,
        line: { kind: 'reworked', change: done.change, outcome },
      };
    }
    case 'rework-failed': {
      const { failure } = event;
      const open = failure.medium === null ? null : { ...stage.open, medium: failure.medium };
      return {
        stage: { at: 'reworked', open, rework: { ...stage.rework, endedAt: event.at }, end: failure, ejected: false },
        at: event.at,
        line: { kind: 'failure', failure },
      };
    }
    default:
      return null;
  }
}

function told(stage: Reworking, at: number, event: BurnEvent): Next {
  const { rework: now } = stage;
  switch (event.type) {
    case 'phase':
      return { stage: { ...stage, rework: { ...now, phase: event.phase, progress: null } } };
    case 'note': {
      // Closing a track and then its session is one thing to a person.
      const last = now.notes.at(-1);
      if (last?.code === event.code && (event.code === 'closing' || JSON.stringify(last.args) === JSON.stringify(event.args))) return { stage };
      return {
        stage: { ...stage, rework: { ...now, notes: [...now.notes, { at, code: event.code, args: event.args }] } },
        at,
        line: { kind: 'note', code: event.code, args: event.args },
      };
    }
    case 'progress':
      return { stage: { ...stage, rework: { ...now, progress: event } } };
  }
}

/** A drive that has been told to blank or to format does it to the end; zeros can be left off, and so can waiting. */
export function canStop(plan: BurnPlan, phase: Phase | null): boolean {
  return phase !== 'close' && plan.steps.some((step) => step.code === 'write' || step.code === 'await-format');
}
