/** Every failure in words: by its own code, else by its HRESULT, else in general. */
import type { BurnFailure, MediumState } from '../../../api/types';
import { num } from '../../args';
import { discAmount, integer } from '../../format';
import { cd } from '../cd';
import { disc } from './disc';
import { drive } from './drive';
import { hresult } from './hresult';
import { image } from './image';
import { page } from './page';
import { plain, type FailureText, type FailureTexts } from './shape';

const byCode: FailureTexts = { ...image, ...disc, ...drive, ...page };

const general: FailureText = plain('This could not be done.', 'The details below say what the drive answered.');

/** Images of CDs say themselves what is wrong, with file and place. */
const told: FailureText = {
  what: () => 'These files make no disc as they are.',
  now: (args) => `${String(args['told'])}.`,
};

/** Codes with a sentence of their own. */
export const failureCodes = Object.keys(byCode);
/** HRESULT symbols with a sentence. */
export const hresultNames = Object.keys(hresult);

export function textOf(f: Pick<BurnFailure, 'code' | 'hresultName'> & { args?: BurnFailure['args'] }): FailureText {
  if (f.args?.['told'] !== undefined) return told;
  return byCode[f.code] ?? hresult[f.hresultName] ?? general;
}

/** The place of the failure is part of its figures. */
const withPlace = (f: BurnFailure) => ({ ...(f.lba === undefined ? {} : { lba: f.lba }), ...(f.command === undefined ? {} : { command: f.command }), ...f.args });

/** What the disc is now, after a failure. */
function discNow(f: BurnFailure, before: MediumState | null, written: number, minutes = false): { head: string; say: string } {
  const after = f.medium;
  if (f.refusedBeforeWriting) {
    return { head: 'As it was', say: 'Nothing was written: the laser was never on.' };
  }
  if (after === null) {
    return { head: 'Not known', say: 'The drive could not be asked any more. Look at the disc again before you use it.' };
  }
  const session = num(f.args, 'session') ?? 1;
  if (session > 1 && after.present) {
    const say = `${cd.unfinished(session)} ${after.rewritable ? 'After erasing, the disc can be used again.' : 'Nothing more can be written on this disc.'}`;
    return { head: cd.whole(session), say };
  }
  if (!after.present) return { head: 'Not in the drive', say: 'Put it in again to see its state.' };
  switch (after.status) {
    case 'blank':
      return { head: 'Still blank', say: 'It can be used for another try.' };
    case 'unformatted':
    case 'overwritable':
      return { head: 'Can be written again', say: before !== null && before.lastWrittenAddress !== null ? 'What was on it is partly overwritten.' : 'Nothing is lost but time.' };
    case 'appendable':
      return { head: `${discAmount(after.freeSectors, minutes)} still free`, say: 'What failed stays on it, incomplete. The rest can be used.' };
    case 'complete':
      return after.rewritable
        ? { head: 'Can be written again', say: 'Its present contents are incomplete.' }
        : { head: 'Closed', say: 'It can be read, not written any more.' };
    case 'damaged':
      return after.rewritable
        ? { head: 'Must be erased', say: 'Its last session is unfinished. After erasing it can be used again.' }
        : { head: 'Used up', say: `${discAmount(written, minutes)} are written, but the session is open.` };
    default:
      return { head: 'Cannot be written', say: 'Put in another disc.' };
  }
}

export const failure = {
  /** `percent`: how far the burn had come, as "43 %". */
  what: (f: BurnFailure, percent?: string) => textOf(f).what({ ...withPlace(f), ...(percent === undefined ? {} : { percent }) }),
  now: (f: BurnFailure) => textOf(f).now(withPlace(f)),
  /** One line, for the log and beside a button. */
  line: (f: BurnFailure) => textOf(f).what(withPlace(f)),
  happened: (percent: string) => `It happened at ${percent}.`,
  refused: 'Nothing was written.',
  truths: {
    files: { key: 'Your files', head: 'Untouched', say: 'Nothing on this computer was changed.' },
    disc: { key: 'This disc', now: discNow },
    missing: {
      key: 'Not on the disc',
      all: 'The whole image',
      allSay: 'Nothing of it was written.',
      some: (sectors: number, minutes = false) => discAmount(sectors, minutes),
      someSay: (from: number) => `From sector ${integer(from)} of the image on.`,
      none: 'Nothing is missing',
      unsure: 'Not certain',
      unsureSay: 'All was sent, but it did not read back correctly.',
      noneSay: 'All of it was written.',
    },
  },
  details: 'Details for experts',
  fields: { code: 'Code', hresult: 'HRESULT', sense: 'Sense', bytes: 'Sense bytes', command: 'Command', lba: 'Address', message: 'Message' },
  save: 'Save report',
  saved: (name: string) => `Saved ${name}.`,
  medium: { title: (type: string) => `${type}, state not known`, say: 'The drive is gone. Look at the disc again when it is back.' },
} as const;
