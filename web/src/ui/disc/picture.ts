/** From what the page knows to the picture of the disc: which bands, where the laser is, what stands in the hub. Pure. */
import { holdsData } from '../../api/holds-data';
import { recordedSessions } from '../../api/recorded-sessions';
import type { BurnPlan, MediumState } from '../../api/types';
import { bytes, cdTime, percent, sectorBytes, times } from '../../texts/format';
import { t } from '../../texts';
import type { Job, Stage, State } from '../../state/state';
import type { Plate } from './geometry';

export type SpanKind = 'old-a' | 'old-b' | 'data-a' | 'data-b' | 'plan' | 'good';

export interface Span {
  kind: SpanKind;
  from: number;
  /** Exclusive. */
  to: number;
  label: string;
  amount: string;
}

export interface Bad {
  from: number;
  to: number;
  label: string;
  amount: string;
}

export interface Picture {
  plate: Plate;
  name: string;
  /** No disc to show: an outline only. */
  ghost: boolean;
  /** No lead-in yet. */
  blank: boolean;
  spans: Span[];
  bad: Bad[];
  /** The disc is closed: ticks from here outwards. */
  leadOutAt: number | null;
  /** End of what is planned. */
  goal: number | null;
  laser: number | null;
  seal: boolean;
  /** Big line and small line. */
  hub: [string, string] | null;
  free: { label: string; amount: string; sectors: number } | null;
}

/** A shortest CD track has 300 sectors and a postgap of 150. */
const MOST_FILL = 512;

/** Capacities of a layer for discs that do not tell theirs, so that the picture still has a scale. */
const NOMINAL = { cd: 359_847, dvd: 2_295_104, bd: 12_219_392, other: 2_295_104 } as const;

function plateOf(m: MediumState): Plate {
  const end = Math.max(0, ...recordedSessions(m).map((s) => s.end));
  const told = Math.max(m.totalSectors, end);
  const layers = Math.max(1, m.layers);
  // A closed disc tells how much is on it, not how much would have fitted: the scale is that of its kind.
  const closed = m.status === 'complete' || m.status === 'unsupported';
  const sectors = told === 0 || closed ? Math.max(told, NOMINAL[m.family] * layers) : told;
  return { family: m.family, sectors, layers };
}

const ghost = (name: string): Picture => ({
  plate: { family: 'bd', sectors: NOMINAL.bd, layers: 1 },
  name,
  ghost: true,
  blank: true,
  spans: [],
  bad: [],
  leadOutAt: null,
  goal: null,
  laser: null,
  seal: false,
  hub: null,
  free: null,
});

const span = (kind: SpanKind, from: number, to: number, label: string): Span => ({ kind, from, to, label, amount: sectorBytes(to - from) });

const freeOf = (label: string, sectors: number) => ({ label, amount: sectorBytes(sectors), sectors });

/** What lies on the disc, as far as the drive tells. */
function recorded(m: MediumState): Span[] {
  if (m.status === 'blank' || m.status === 'unformatted' || m.status === 'none') return [];
  const sessions = recordedSessions(m);
  if (m.status === 'overwritable') {
    // One session over the whole disc says nothing. Most drives do not tell how far such a disc was written.
    if (!holdsData(m)) return [];
    if (m.lastWrittenAddress !== null) return [span('old-a', 0, m.lastWrittenAddress + 1, t.disc.label.data)];
    return [{ ...span('old-b', 0, m.totalSectors, t.disc.label.data), amount: t.disc.upTo(sectorBytes(m.totalSectors)) }];
  }
  if (sessions.length > 0) {
    return sessions.map((s, i) => {
      const band = span(i % 2 === 0 ? 'old-a' : 'old-b', s.start, s.end, t.disc.label.session(s.number));
      // Power failed, and the drive does not tell where.
      const open = m.status === 'damaged' && s.open && m.lastWrittenAddress === null;
      return open ? { ...band, amount: t.disc.upTo(band.amount) } : band;
    });
  }
  const used = m.lastWrittenAddress !== null ? m.lastWrittenAddress + 1 : m.totalSectors - m.freeSectors;
  return used > 0 ? [span('old-a', 0, used, t.disc.label.data)] : [];
}

const recordedEnd = (spans: Span[]) => spans.reduce((end, s) => Math.max(end, s.to), 0);

export function pictureOfMedium(m: MediumState): Picture {
  if (!m.present || m.status === 'none') return ghost(t.disc.none);
  const spans = recorded(m);
  const closed = m.status === 'complete' || m.status === 'unsupported';
  const room = m.status === 'overwritable' ? Math.max(0, m.totalSectors - recordedEnd(spans)) : m.freeSectors;
  return {
    ...ghost(t.medium.title(m)),
    plate: plateOf(m),
    ghost: false,
    blank: m.status === 'blank' || m.status === 'unformatted' || (m.status === 'overwritable' && spans.length === 0),
    spans,
    leadOutAt: closed && spans.length > 0 ? recordedEnd(spans) : null,
    free: room > 0 && !closed ? freeOf(t.disc.label.free, room) : null,
  };
}

/** The old bands, cut off where the new job lies over them. */
function under(spans: Span[], from: number, to: number): Span[] {
  return spans.flatMap((s) => {
    if (s.to <= from || s.from >= to) return [s];
    const parts: Span[] = [];
    if (s.from < from) parts.push({ ...s, to: from, amount: sectorBytes(from - s.from) });
    if (s.to > to) parts.push({ ...s, from: to, amount: sectorBytes(s.to - to) });
    return parts;
  });
}

const order = (spans: Span[]) => spans.toSorted((a, b) => a.from - b.from);

function withJob(base: Picture, from: number, to: number, mine: Span[]): Picture {
  const spans = order([...under(base.spans, from, to), ...mine]);
  const room = base.plate.sectors - recordedEnd(spans);
  return { ...base, leadOutAt: null, spans, free: room > 0 ? freeOf(t.disc.label.free, room) : null };
}

function planned(base: Picture, name: string, from: number, sectors: number): Picture {
  const to = from + sectors;
  const picture = withJob(base, from, to, [span('plan', from, to, t.disc.label.planned(name))]);
  return { ...picture, name: t.disc.name.planned(base.name), goal: to };
}

const several = ({ plan }: Job) => (plan.cd?.sessions ?? 1) > 1;

/** Between sessions lies what drives write, so an image of several reaches further than its sectors. */
const endOf = ({ startAddress, sectors, cd }: BurnPlan) => (cd !== undefined && cd.sessions > 1 ? cd.end : startAddress + sectors);

const jobSpan = ({ plan }: Job): [number, number] => [plan.startAddress, endOf(plan)];

/** How far into the span of a job so many of its sectors reach. */
function reach(job: Job, sectors: number): number {
  const [from, to] = jobSpan(job);
  const whole = Math.max(1, job.plan.sectors);
  return several(job) ? Math.round((Math.min(sectors, whole) / whole) * (to - from)) : Math.min(sectors, to - from);
}

function burning(stage: Extract<Stage, { at: 'burning' }>): Picture {
  const { job } = stage;
  const base = pictureOfMedium(job.before);
  const [from, to] = jobSpan(job);
  const type = job.before.typeName;
  const p = job.progress;
  if (job.phase === 'verify') {
    const at = from + (several(job) ? Math.round((p?.fraction ?? 0) * (to - from)) : reach(job, p?.sectorsDone ?? 0));
    const spans = [];
    if (at > from) spans.push(span('good', from, at, t.disc.label.readBack));
    if (at < to) spans.push(span('data-a', at, to, t.disc.label.toRead));
    const hub: [string, string] | null = p === null ? null : [percent(p.fraction ?? 0), t.disc.label.readBackHub];
    return { ...withJob(base, from, to, spans), name: t.disc.name.verifying(type), blank: false, hub };
  }
  const wrote = job.phase === 'close' && !several(job) ? to - from : reach(job, job.written?.sectorsDone ?? 0);
  const at = from + wrote;
  const spans = [];
  if (at > from) spans.push(span('data-a', from, at, t.disc.label.written));
  if (at < to) spans.push(span('plan', at, to, t.disc.label.toWrite));
  const hub: [string, string] | null =
    job.phase === 'write' && p !== null ? [times(p.times), `${bytes(p.bytesPerSecond)}/s`] : null;
  return {
    ...withJob(base, from, to, spans),
    name: t.disc.name.burning(type),
    blank: job.before.status === 'blank' && wrote === 0,
    goal: to,
    laser: job.phase === 'prepare' || job.phase === null ? null : job.phase === 'calibrate' ? 0 : at,
    hub,
  };
}

function done(stage: Extract<Stage, { at: 'done' }>): Picture {
  const { job, result } = stage;
  if (stage.ejected) return ghost(t.disc.none);
  const after = pictureOfMedium(result.medium.present ? result.medium : job.before);
  const [from] = jobSpan(job);
  const to = from + result.sectors;
  if (several(job)) {
    const good = result.outcome === 'verified';
    const spans = good ? after.spans.map((s): Span => ({ ...s, kind: 'good' })) : after.spans;
    return { ...after, name: good ? t.disc.name.verified(result.medium.typeName) : after.name, spans, seal: good };
  }
  if (result.outcome === 'stopped') return result.sectors > 0 ? withJob(after, from, to, [span('data-a', from, to, t.disc.label.written)]) : after;
  const verified = result.outcome === 'verified';
  const mine = span(verified ? 'good' : 'data-a', from, to, verified ? t.disc.label.verified : t.disc.label.written);
  // Zeros behind the image that fill a write unit or a shortest track are no session of their own.
  const session = recordedSessions(result.medium).find((s) => s.start <= from && s.end >= to);
  const end = session !== undefined && session.end - to <= MOST_FILL ? session.end : to;
  return {
    ...withJob(after, from, end, [mine]),
    name: verified ? t.disc.name.verified(result.medium.typeName) : t.medium.title(result.medium),
    blank: false,
    leadOutAt: result.closed ? to : null,
    free: result.closed ? null : after.free,
    seal: verified,
  };
}

function failed(stage: Extract<Stage, { at: 'failed' }>): Picture {
  const { job, failure } = stage;
  if (stage.ejected) return ghost(t.disc.none);
  if (failure.refusedBeforeWriting) return pictureOfMedium(failure.medium ?? job.before);
  if (several(job) && failure.medium?.present === true) return pictureOfMedium(failure.medium);
  const base = pictureOfMedium(job.before);
  const [from, to] = jobSpan(job);
  const reading = job.phase === 'verify';
  const at = from + (reading || (job.phase === 'close' && !several(job)) ? to - from : reach(job, job.written?.sectorsDone ?? 0));
  // A place is damaged only when the drive named it, or gave a reason there.
  const bad = failure.lba ?? (reading || failure.senseText === undefined ? null : at);
  const spans = [];
  if (at > from) spans.push(span('data-a', from, at, t.disc.label.written));
  const share = (at - from) / Math.max(1, to - from);
  return {
    ...withJob(base, from, to, spans),
    name: t.disc.name.failed(job.before.typeName),
    blank: false,
    goal: at < to ? to : null,
    free: freeOf(t.disc.label.notWritten, Math.max(0, base.plate.sectors - at)),
    bad:
      bad === null
        ? []
        : [
            {
              from: bad,
              to: bad + Math.max(1, job.before.writeUnit),
              label: reading ? t.disc.label.readError : t.disc.label.writeError,
              amount: reading ? t.medium.sector(bad) : percent(share),
            },
          ],
  };
}

/** The laser works its way over what is erased. What is below it is gone, when all of the disc is done. */
function reworking(stage: Extract<Stage, { at: 'reworking' }>): Picture {
  const { change, before, progress } = stage.rework;
  const base = pictureOfMedium(before);
  const fraction = progress?.fraction ?? null;
  const at = change.full && fraction !== null ? Math.round(fraction * base.plate.sectors) : 0;
  return {
    ...base,
    name: t.disc.name.reworking(before.typeName, change.kind === 'erase'),
    spans: under(base.spans, 0, at),
    leadOutAt: null,
    laser: at,
    hub: fraction === null ? null : [percent(fraction), change.kind === 'erase' ? t.disc.label.erased : t.disc.label.formatted],
  };
}

/** Amounts in minutes, as the tracks of a CD are told. */
function inMinutes(p: Picture): Picture {
  const timed = (s: Span) => ({ ...s, amount: s.amount.replace(sectorBytes(s.to - s.from), cdTime(s.to - s.from)) });
  return { ...p, spans: p.spans.map(timed), free: p.free === null ? null : { ...p.free, amount: cdTime(p.free.sectors) } };
}

/** The picture for the state. */
export function pictureOf(state: State): Picture {
  const { stage, image } = state;
  const picture = pictureOfStage(stage, image);
  const cd = 'job' in stage ? stage.job.image.cd !== null : stage.at === 'ready' && image?.cd !== undefined && stage.open.medium.family === 'cd';
  return cd ? inMinutes(picture) : picture;
}

function pictureOfStage(stage: Stage, image: State['image']): Picture {
  switch (stage.at) {
    case 'starting':
    case 'broken':
    case 'welcome':
    case 'opening':
    case 'refused':
      return ghost(t.disc.none);
    case 'ready': {
      if (stage.changing) return ghost(t.medium.loading);
      const base = pictureOfMedium(stage.open.medium);
      return stage.planning.kind === 'ready' && image !== null
        ? planned(base, t.cd.disc(image.name), stage.planning.plan.startAddress, endOf(stage.planning.plan) - stage.planning.plan.startAddress)
        : base;
    }
    case 'burning':
      return burning(stage);
    case 'done':
      return done(stage);
    case 'failed':
      return failed(stage);
    case 'reworking':
      return reworking(stage);
    case 'reworked':
      return stage.open === null || stage.ejected ? ghost(t.disc.none) : pictureOfMedium(stage.open.medium);
  }
}
