/** Saving what lies on a disc: what can be saved, how far it is, what came of it. */
import type { CdContents, CdDiscTrack, CdImageKind, CdRead, CdSoundKind } from '../../api/cd-reading';
import { bytes, integer } from '../format';
import { cd } from './cd';

const files = (n: number) => (n === 1 ? 'one file' : `${integer(n)} files`);
const sectors = (n: number) => (n === 1 ? 'One sector' : `${integer(n)} sectors`);

function named({ number, audio, title, performer }: CdDiscTrack): string {
  const words = [performer, title].filter((word) => word !== null).join(' – ');
  return `${integer(number)}: ${words || (audio ? 'Audio' : 'Data')}`;
}

/** What of the reading is worth knowing. Silence means that all of it came off the disc as recorded, as far as the drive tells. */
function remarks(read: CdRead): string[] {
  const said: string[] = [];
  if (read.uncorrected !== null && read.uncorrected > 0) {
    const first = read.firstUncorrected === null ? '' : `, the first at sector ${integer(read.firstUncorrected)}`;
    said.push(`${sectors(read.uncorrected)} of audio could not be read without errors${first}. Clean the disc and save it again, or try another drive.`);
  }
  if (read.filled > 0) said.push(`${sectors(read.filled)} at the end of a data track hold nothing and became zeros.`);
  if (!read.subChannel) said.push('This drive does not give the sub-channel: pre-gaps and indices are not known.');
  return said;
}

export const save = {
  act: 'Save disc contents',
  ask: 'Save disc contents…',
  title: 'Save from this CD',
  about: ({ title, performer, tracks, sectors: all }: CdContents) => {
    const words = [performer, title].filter((word) => word !== null).join(' – ');
    const size = `${tracks.length === 1 ? 'one track' : `${integer(tracks.length)} tracks`}, ${cd.time(all)}`;
    return words === '' ? `The disc has ${size}.` : `${words}: ${size}.`;
  },
  asking: 'Asking the drive what lies on the disc…',
  what: 'What to save',
  tracks: {
    name: (n: number) => (n === 1 ? 'The audio track' : 'Every audio track'),
    say: (n: number, sound: CdSoundKind, amount: number, texts: boolean) => {
      const kind = sound === 'wav' ? 'WAV' : 'FLAC';
      const all = n === 1 ? `A ${kind} file` : `${integer(n)} ${kind} files`;
      const size = sound === 'wav' ? `of ${bytes(amount)} in all` : `made of ${bytes(amount)}, often half as large`;
      return `${all} ${size}${texts ? ', with the names that the disc has for them' : ''}.`;
    },
  },
  one: { name: 'One track', say: 'Audio as WAV or FLAC, data as ISO.', choose: 'Track' },
  sound: { choose: 'Format', kinds: { wav: 'WAV, as it is on the disc', flac: 'FLAC, packed without loss' } satisfies Record<CdSoundKind, string> },
  track: (track: CdDiscTrack) => `${named(track)}, ${cd.time(track.sectors)}`,
  data: { name: 'The data', say: 'An ISO file with everything that a computer reads from this disc.' },
  disc: {
    name: 'The whole disc',
    say: (amount: number, several: boolean) =>
      `Every sector with gaps, indices and codes, to burn the same disc again: ${bytes(amount)}.${several ? ' The disc has several sessions, of which TOC files cannot tell.' : ''}`,
    choose: 'Image',
  },
  image: { cue: 'BIN and CUE', toc: 'BIN and TOC (cdrdao)', ccd: 'CCD, IMG and SUB' } satisfies Record<CdImageKind, string>,
  /** Where the files go. */
  folder: (name: string) => `You choose a folder next. The files go into a new one in it, “${name}”.`,
  downloads: (n: number) => `${n === 1 ? 'The file comes' : 'The files come'} as ${n === 1 ? 'a download' : `${integer(n)} downloads`}.${n === 1 ? '' : ' The browser may ask whether this page may save several.'}`,
  go: 'Save',
  leave: 'Cancel',
  progress: 'Saving',
  running: (done: string, total: string) => `${done} of ${total}`,
  file: (name: string, done: number, count: number) => `${name}, ${integer(Math.min(done + 1, count))} of ${integer(count)}`,
  stop: 'Stop saving',
  stopping: 'Stopping…',
  saved: (name: string, amount: number, count?: number) =>
    count === undefined ? `Saved ${name}, ${bytes(amount)}.` : `Saved ${files(count)} of ${name}, ${bytes(amount)}.`,
  remarks,
  stopped: (n: number) => (n === 0 ? 'Saving was stopped. Nothing was kept.' : `Saving was stopped. ${n === 1 ? 'One file is' : `${integer(n)} files are`} whole and kept.`),
  kept: (n: number) => (n === 0 ? '' : `${n === 1 ? 'One file before it is' : `${integer(n)} files before it are`} whole and kept.`),
} as const;
