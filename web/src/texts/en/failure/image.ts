/** What can be wrong with the image. */
import { num, str } from '../../args';
import { bytes, discAmount, integer } from '../../format';
import { plain, type FailureTexts } from './shape';
import { sheetFaults } from './sheet';

export const image: FailureTexts = {
  'image-empty': plain('The image is empty.', 'It holds no bytes at all. Choose another file, or make the image again.'),
  'image-not-whole-sectors': {
    what: () => 'The image is not a whole number of sectors.',
    now: (a) => {
      const size = num(a, 'bytes');
      const rest = num(a, 'rest') ?? (size === undefined ? undefined : size % 2048);
      const figure =
        size === undefined || rest === undefined
          ? 'A disc takes sectors of 2048 bytes.'
          : `Its ${integer(size)} bytes are ${integer(Math.floor(size / 2048))} sectors of 2048 bytes and ${integer(rest)} bytes more.`;
      return `${figure} It was probably not copied to the end: copy or download it again.`;
    },
  },
  'stream-not-whole-blocks': {
    what: (a) => {
      const [size, block] = [num(a, 'bytes'), num(a, 'block')];
      return size === undefined || block === undefined
        ? 'The image is not made of the blocks that are to be written.'
        : `The image has ${integer(size)} bytes, which are no whole number of blocks of ${integer(block)} bytes.`;
    },
    now: () => 'Nothing was written. The image was made for another way of writing, or was not copied to the end.',
  },
  'cue-sheet-invalid': {
    what: (a) => {
      const [line, reason] = [num(a, 'line'), str(a, 'reason')];
      const session = num(a, 'session');
      if (reason === 'starts-elsewhere' && session !== undefined) return `Session ${integer(session)} of the image does not begin where a drive begins one on this disc.`;
      if (reason === 'starts-elsewhere') return 'This disc has something on it already; tracks are written on a blank one.';
      return line === undefined
        ? 'The layout of the disc is not one that a drive can write.'
        : `The layout of the disc is not one that a drive can write: line ${integer(line + 1)}${reason === undefined ? '' : `, ${sheetFaults[reason] ?? reason}`}.`;
    },
    now: (a) =>
      str(a, 'reason') === 'starts-elsewhere' && num(a, 'session') !== undefined
        ? 'What its data says of its own places would be wrong, so it is not written. Write the sessions as discs of their own.'
        : str(a, 'reason') === 'starts-elsewhere'
        ? 'Put in a blank CD, or erase this one if it can be erased.'
        : 'Nothing was written. Check the order, the times and the lengths of the tracks: none may be shorter than four seconds.',
  },
  'image-not-supported': {
    what: (a) => {
      if (str(a, 'reason') === 'sessions-not-raw') return `This image has ${integer(num(a, 'sessions') ?? 2)} sessions, and no drive writes more than one raw.`;
      return 'This image cannot be written in this way.';
    },
    now: (a) => {
      if (str(a, 'reason') === 'sessions-not-raw') return 'Lead-in and lead-out of the others are the drive’s own. Untick “Write raw with sub-channels”.';
      const why = str(a, 'why');
      return `${why === undefined ? 'It holds what no cue sheet can tell of' : `In it, ${why}`}. Tick “Write raw with sub-channels”.`;
    },
  },
  'image-too-large': {
    what: (a) => (a['cd'] === true ? 'The tracks do not fit on this disc.' : 'The image does not fit on this disc.'),
    now: (a) => {
      const need = num(a, 'sectors') ?? num(a, 'need');
      const free = num(a, 'free');
      if (need === undefined || free === undefined) return 'Put in a disc with more room, or choose a smaller image.';
      const amount = (sectors: number) => discAmount(sectors, a['cd'] === true);
      return `It needs ${amount(need)}; the disc has ${amount(free)}, which is ${amount(Math.max(0, need - free))} too little. Put in a disc with more room${a['cd'] === true ? ', or leave something out' : ''}.`;
    },
  },
  'image-changed': plain(
    'The image changed while it was used.',
    'Another program wrote to the file. Wait until that is done, and choose the file again.',
  ),
  'image-shrank': {
    what: () => 'The image became shorter while it was used.',
    now: (a) => {
      const size = num(a, 'bytes');
      const figure = size === undefined ? '' : ` It ended after ${bytes(size)}.`;
      return `Another program cut the file off.${figure} Choose a file that is complete and stays as it is.`;
    },
  },
  'image-grew': plain(
    'The image became longer while it was used.',
    'Another program still writes to the file. Wait until it is complete, and choose it again.',
  ),
  'bad-block-range': plain(
    'A part of the image lies where it cannot be written.',
    'Parts must lie within the image and begin and end on a write unit of the disc. Burn the whole image instead.',
  ),
  'no-image': plain('No image was given.', 'Choose an image first.'),
  'image-unreadable': plain(
    'The image cannot be read.',
    'It was moved, deleted or changed since you chose it, or this browser may not read it. Choose it again.',
  ),
};
