/** Notices a disc that was put in or taken out by hand. */

/** What is asked: TEST UNIT READY, answered with 18 bytes of fixed sense; zeros when the drive is ready. */
export interface Asked {
  sendCommandNoData(cdb: Uint8Array, seconds: number): Promise<Uint8Array>;
}

const TEST_UNIT_READY = new Uint8Array(6);
const LIMIT_S = 10;
/** Sense keys and additional codes (SPC-4, 4.5.6 and table 57). */
const NOT_READY = 2;
const UNIT_ATTENTION = 6;
const BECOMING_READY = 0x04;
const MEDIUM_CHANGED = 0x28;
const NO_MEDIUM = 0x3a;

type Seen = 'disc' | 'no disc';

export class DiscWatch {
  #seen: Seen | undefined;
  #changed = false;

  /** The page knows from elsewhere what lies in the drive: what was seen before does not count. */
  known(present: boolean): void {
    this.#seen = present ? 'disc' : 'no disc';
    this.#changed = false;
  }

  /** Is another disc in the drive than when this was asked last? `later`: the drive still looks at its disc. */
  async changed(drive: Asked): Promise<boolean | 'later'> {
    const sense = await drive.sendCommandNoData(TEST_UNIT_READY, LIMIT_S);
const key = (sense[2] ?? 0) & 0x0f;
    const code = sense[12] ?? 0;
    if (key === UNIT_ATTENTION) {
      // Said once, before anything else; whether a disc is in is the answer to the next question.
      this.#changed ||= code === MEDIUM_CHANGED;
      return 'later';
    }
    if (key === NOT_READY && code === BECOMING_READY) return 'later';
    const seen: Seen = key === NOT_READY && code === NO_MEDIUM ? 'no disc' : 'disc';
    const changed = this.#seen !== undefined && (this.#changed || this.#seen !== seen);
    this.#seen = seen;
    this.#changed = false;
    return changed;
  }
}
