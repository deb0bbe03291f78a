import { describe, expect, it } from 'vitest';
import { type Asked, DiscWatch } from './disc-watch';

function sense(key: number, code: number, qualifier = 0): Uint8Array {
  const bytes = new Uint8Array(18);
  bytes.set([0x70, 0, key], 0);
  bytes.set([code, qualifier], 12);
  return bytes;
}

const READY = new Uint8Array(18);
const EMPTY = sense(2, 0x3a, 1);
const CHANGED = sense(6, 0x28);
const LOOKING = sense(2, 0x04, 1);

/** A drive that gives these answers, one after the other. */
function drive(...answers: Uint8Array[]): Asked {
  return { sendCommandNoData: () => Promise.resolve(answers.shift() ?? READY) };
}

async function verdicts(...answers: Uint8Array[]): Promise<(boolean | 'later')[]> {
  const watch = new DiscWatch();
  const asked = drive(...answers);
  const all: (boolean | 'later')[] = [];
  for (const _ of answers) all.push(await watch.changed(asked));
  return all;
}

describe('a disc changed by hand', () => {
  it('is not seen where nothing changes', async () => {
    expect(await verdicts(READY, READY, READY)).toEqual([false, false, false]);
    expect(await verdicts(EMPTY, EMPTY)).toEqual([false, false]);
  });

  it('is seen when it is taken out or put in', async () => {
    expect(await verdicts(READY, EMPTY)).toEqual([false, true]);
    expect(await verdicts(EMPTY, LOOKING, READY)).toEqual([false, 'later', true]);
  });

  it('is seen when one disc follows another between two questions', async () => {
    expect(await verdicts(READY, CHANGED, READY, READY)).toEqual([false, 'later', true, false]);
  });

  it('is told once', async () => {
    expect(await verdicts(EMPTY, CHANGED, LOOKING, READY, READY)).toEqual([false, 'later', 'later', true, false]);
  });

  it('other attentions are none', async () => {
    expect(await verdicts(READY, sense(6, 0x29), READY)).toEqual([false, 'later', false]);
  });

  it('what the page did itself is none, what follows is one', async () => {
    const watch = new DiscWatch();
    await watch.changed(drive(READY));
    watch.known(false);
    expect(await watch.changed(drive(EMPTY))).toBe(false);
    watch.known(true);
    expect(await watch.changed(drive(EMPTY))).toBe(true);
  });
});
