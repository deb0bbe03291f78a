import { describe, expect, it } from 'vitest';
import type { Change, ChangeOffer, FormatGoal, Spare } from '../../api/types';
import * as f from '../../testing/fixtures';
import { choicesOf, firstFormat } from './choices';
import { megabytes, sectorsOf } from './spare-size';

type Format = Extract<Change, { kind: 'format' }>;
const format = (goal: FormatGoal, spare: Spare = 'usual', full = false): Format => ({ kind: 'format', goal, spare, full });
const offer = (change: Change): ChangeOffer => ({ change, sectors: null, seconds: 60 });
const erase: ChangeOffer[] = [offer({ kind: 'erase', full: false }), offer({ kind: 'erase', full: true })];

/** As a BD-R that is blank: three goals, three rooms each. */
const BD_R = (['spare', 'pow', 'rrm'] as const).flatMap((goal) => (['usual', 'least', 'most'] as const).map((spare) => offer(format(goal, spare))));
/** As a BD-RE: certified with every room but none at all. */
const BD_RE = (['usual', 'none', 'least', 'most'] as const).flatMap((spare) => [offer(format('spare', spare)), ...(spare === 'none' ? [] : [offer(format('spare', spare, true))])]);

describe('what can be chosen', () => {
  it('erasing: quick and full, and nothing of formats', () => {
    const choices = choicesOf([...erase, ...BD_RE], { kind: 'erase', full: false });
    expect(choices.ways).toEqual(erase);
    expect(choices.goals).toEqual([]);
    expect(choices.thorough).toBeNull();
  });
  it('another goal keeps the room that was chosen', () => {
    const choices = choicesOf(BD_R, format('spare', 'most'));
    expect(choices.goals.map((goal) => goal.goal)).toEqual(['spare', 'pow', 'rrm']);
    expect(choices.goals[1]?.change).toEqual(format('pow', 'most'));
    expect(choices.spares.map((one) => one.change.spare)).toEqual(['usual', 'least', 'most']);
    expect(choices.thorough).toBeNull();
  });
  it('a room that cannot be certified is chosen without certifying', () => {
    const choices = choicesOf(BD_RE, format('spare', 'least', true));
    expect(choices.thorough).toEqual(format('spare', 'least', false));
    expect(choices.spares.find((one) => one.change.spare === 'none')?.change).toEqual(format('spare', 'none', false));
    expect(choices.spares.find((one) => one.change.spare === 'most')?.change).toEqual(format('spare', 'most', true));
    expect(choicesOf(BD_RE, format('spare', 'none')).thorough).toBeNull();
  });
  it('a size of one’s own can be asked for where more and less are on offer, and certified', () => {
    expect(choicesOf(BD_RE, format('spare', 131_072)).sized).toBe(true);
    expect(choicesOf(BD_RE, format('spare', 131_072)).thorough).toEqual(format('spare', 131_072, true));
    expect(choicesOf([offer(format('restricted'))], format('restricted')).sized).toBe(false);
    expect([megabytes(131_072), sectorsOf(268), sectorsOf(0), sectorsOf(Number.NaN)]).toEqual([268, 130_848, 32, 32]);
    expect(sectorsOf(805) % 32).toBe(0);
  });
  it('a format that runs is ended, one that was stopped goes on, before anything begins anew', () => {
    const plus = [offer(format('background')), offer(format('background', 'usual', true))];
    const running = { ...f.DVD_PLUS_RW, changes: [...erase, ...plus, offer(format('stop'))] };
    expect(firstFormat(running)).toEqual(format('stop'));
    expect(choicesOf(running.changes, format('stop')).goals.map((goal) => goal.goal)).toEqual(['stop', 'background']);
    expect(firstFormat({ ...running, changes: [...plus, offer(format('resume'))] })).toEqual(format('resume'));
    expect(firstFormat({ ...running, changes: plus })).toEqual(format('background'));
  });
  it('a DVD-RW begins with what makes another disc of it', () => {
    const both = [offer(format('sequential')), offer(format('restricted'))];
    expect(firstFormat({ ...f.DVD_PLUS_RW, typeName: 'DVD-RW', status: 'blank', changes: both })).toEqual(format('restricted'));
    expect(firstFormat({ ...f.DVD_PLUS_RW, typeName: 'DVD-RW (restricted overwrite)', changes: both })).toEqual(format('sequential'));
  });
  it('a disc that cannot be formatted has no format to begin with', () => {
    expect(firstFormat({ ...f.CD_R, changes: erase })).toBeUndefined();
  });
});
