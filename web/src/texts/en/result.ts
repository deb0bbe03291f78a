/** The verdict of a burn that ended by itself or was stopped. */
import type { BurnResult } from '../../api/types';
import { bytes, discAmount, integer } from '../format';
import { cd } from './cd';

function title(r: BurnResult): string {
  switch (r.outcome) {
    case 'verified':
      return 'Done. The image is on the disc and was read back correctly.';
    case 'written':
      return 'Done. The image is on the disc. It was not read back.';
    case 'stopped':
      return 'Stopped, as you asked.';
  }
}

/** Sessions that were finished before a stop. */
function sessionsOf(r: BurnResult): string {
  const begun = r.sessions?.length ?? 1;
  return begun > 1 ? ` ${cd.whole(begun)} ${cd.unfinished(begun)}` : '';
}

function detail(r: BurnResult, minutes = false): string {
  const closed = r.closed ? ' The disc is closed: nothing can be added.' : '';
  switch (r.outcome) {
    case 'verified':
      return `The disc was reloaded and its ${integer(r.sectors)} sectors equal the bytes that were sent.${closed}`;
    case 'written':
      return `${integer(r.sectors)} sectors were written. Only reading them back tells whether they are right.${closed}`;
    case 'stopped':
      return `${discAmount(r.sectors, minutes)} had been written.${sessionsOf(r)} Your image is untouched.`;
  }
}

export const result = {
  region: 'Result',
  title,
  detail,
  speedAdjusted: 'The drive did not offer the speed that was asked for and took another.',
  record: 'Burn record',
  fields: {
    image: 'Image',
    medium: 'Medium',
    drive: 'Drive',
    size: 'Size',
    start: 'Start',
    sectors: 'Sectors',
    speed: 'Speed',
    time: 'Time',
    sha: 'SHA-256',
    verified: 'Verified',
  },
  average: (x: string, r: string) => `${x} on average, ${r}`,
  firstSector: (n: number) => `sector ${integer(n)}`,
  size: (n: number) => bytes(n),
  readBack: 'read back, equal',
  notReadBack: 'not asked for',
  another: 'Burn another',
  back: 'Back to the image',
} as const;
