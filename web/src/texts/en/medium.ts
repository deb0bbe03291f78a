/** The disc in the drive: one title, one sentence, its facts. */
import { holdsData } from '../../api/holds-data';
import { recordedSessions } from '../../api/recorded-sessions';
import type { MediumState } from '../../api/types';
import { cdTime, integer, sectorBytes, times } from '../format';

const reuse = (m: MediumState) => (m.rewritable ? 'It can be erased and used again.' : 'Written once; it cannot be erased.');
const sessions = (n: number) => (n === 1 ? 'one session' : `${integer(n)} sessions`);
const isPressed = (m: MediumState) => m.typeName.endsWith('-ROM');
const isHdDvd = (m: MediumState) => m.typeName.startsWith('HD DVD');

function title(m: MediumState): string {
  if (!m.present) return 'No disc';
  if (m.writeProtected) return `${m.typeName}, write-protected`;
  if (m.backgroundFormat === 'running') return `${m.typeName}, being formatted`;
  if (m.backgroundFormat === 'stopped') return `${m.typeName}, formatted in part`;
  switch (m.status) {
    case 'none':
      return 'No disc';
    case 'blank':
      return `Blank ${m.typeName}`;
    case 'appendable':
      return `${m.typeName}, appendable`;
    case 'complete':
      return isPressed(m) ? `${m.typeName}, read only` : `${m.typeName}, closed`;
    case 'overwritable':
      return holdsData(m) ? `${m.typeName}, with data` : `${m.typeName}, ready`;
    case 'unformatted':
      return `${m.typeName}, not formatted`;
    case 'damaged':
      return `${m.typeName}, last session damaged`;
    case 'unsupported':
      return m.typeName === '' ? 'A disc that cannot be written' : isHdDvd(m) ? `${m.typeName}, cannot be written` : `${m.typeName}, read only`;
  }
}

function overwritable(m: MediumState): string {
  const amount = sectorBytes(m.totalSectors);
  // Random recording mode.
  if (!m.rewritable) {
    return holdsData(m)
      ? 'It holds data. On this disc every place is written once, and a burn wants it empty.'
      : `${amount} to write on, every place once.`;
  }
  const data = holdsData(m) ? 'It holds data, which a burn would replace. ' : '';
  if (m.backgroundFormat === 'running') return `${data}The drive formats it by itself and it can be burnt meanwhile. End the formatting before you take it out.`;
  if (m.backgroundFormat === 'stopped') return `${data}The formatting was stopped. A burn goes on with it by itself.`;
  return holdsData(m) ? `${data}It can be overwritten many times.` : `${amount} to write on, as often as you like.`;
}

function sentence(m: MediumState): string {
  if (!m.present) return 'Put in a blank CD, DVD or Blu-ray.';
  if (m.writeProtected) return 'The disc is protected against writing. Take the protection off, or put in another disc.';
  switch (m.status) {
    case 'none':
      return 'Put in a blank CD, DVD or Blu-ray.';
    case 'blank':
      return `${sectorBytes(m.freeSectors)} free${m.family === 'cd' ? `, or ${cdTime(m.totalSectors)} of music` : ''}. ${m.replaceable && !m.rewritable ? 'It cannot be erased, but what is burnt can be replaced while there is room.' : reuse(m)}`;
    case 'appendable': {
      const holds = `Holds ${sessions(Math.max(1, recordedSessions(m).length))}; ${sectorBytes(m.freeSectors)} free for more.`;
      return m.replaceable && !m.rewritable ? `${holds} What is on it can be replaced.` : holds;
    }
    case 'complete':
      if (isPressed(m)) return 'It was pressed, not burnt: it can only be read. Put in a recordable disc to burn.';
      return m.rewritable
        ? 'It can be read, and nothing can be added. Erase it, or let a burn replace what is on it.'
        : 'It can be read, not written. Put in another disc to burn.';
    case 'overwritable':
      return overwritable(m);
    case 'unformatted':
      return `${sectorBytes(m.totalSectors)}. It is formatted as part of the first burn.`;
    case 'damaged':
      if (m.typeName.startsWith('DVD-R DL')) return 'The last session was not finished, and the drive cannot finish it. What was closed before it can be read.';
      return m.rewritable
        ? 'The last session was not finished. A burn closes it first and goes on behind it; or erase the disc.'
        : 'The last session was not finished. What was closed before it can be read; a burn closes it first and goes on behind it.';
    case 'unsupported':
      return isHdDvd(m)
        ? 'HD DVDs can be read and cannot be written here, whatever their kind. Put in a CD, DVD or Blu-ray to burn.'
        : 'It can be read, not written. Put in a recordable disc to burn.';
  }
}

const statusWord: Record<MediumState['status'], string> = {
  none: 'none',
  blank: 'blank',
  appendable: 'appendable',
  complete: 'complete',
  overwritable: 'can be overwritten',
  unformatted: 'not formatted',
  damaged: 'damaged',
  unsupported: 'cannot be written',
};

export const medium = {
  region: 'Medium',
  title,
  sentence,
  statusWord,
  noDrive: 'No drive yet',
  noDriveSay: 'Choose one of three ways to a drive. You can choose the image first.',
  opening: 'Connecting',
  openingSay: 'Asking the drive what lies in it.',
  loading: 'Looking at the disc',
  loadingSay: 'The drive is reading what kind of disc this is.',
  burning: 'Burning',
  burningSay: 'The laser is on. Leave the drive alone.',
  closing: 'Closing',
  closingSay: 'The drive finishes the disc. Leave it alone.',
  verifying: 'Reading back',
  verifyingSay: 'Every sector is read and compared with what was sent.',
  preparing: 'Getting ready',
  preparingSay: 'The drive prepares the disc.',
  factsTitle: 'About this disc',
  facts: {
    type: 'Type',
    status: 'State',
    free: 'Free',
    total: 'Total',
    sessions: 'Sessions',
    next: 'Next writable',
    last: 'Last written',
    unit: 'Write unit',
    speeds: 'Speeds',
    maker: 'Maker',
  },
  amount: (sectors: number, minutes = false) => `${integer(sectors)} sectors, ${sectorBytes(sectors)}${minutes ? `, ${cdTime(sectors)}` : ''}`,
  sector: (n: number) => `sector ${integer(n)}`,
  sectors: (n: number) => (n === 1 ? '1 sector' : `${integer(n)} sectors`),
  nowhere: 'nowhere',
  nothing: 'nothing',
  unknown: 'not told',
  freeOnceClosed: 'told once the session is closed',
  sessionsAndTracks: (s: number, t: number) =>
    s === 0 && t === 0 ? 'none' : `${sessions(s)}, ${t === 1 ? 'one track' : `${integer(t)} tracks`}`,
  speeds: (all: number[]) => (all.length === 0 ? 'not told' : all.map(times).join(' ')),
  fullState: 'Full state',
  fullStateSay: (n: number) => `${integer(n)} answers`,
  fullStateNames: 'Names as IDiscFormat2Data gives them.',
  tracksTitle: 'Sessions and tracks',
  track: { number: 'Track', session: 'Session', start: 'Start', sectors: 'Sectors', kind: 'Holds' },
  kind: { data: 'data', audio: 'audio', unknown: 'unknown', blank: 'free' },
  save: 'Save disc contents',
  saving: (done: string, total: string) => `Saving ${done} of ${total}`,
  saved: (name: string, amount: string) => `Saved ${name}, ${amount}.`,
} as const;
