/** What can be wrong with the disc in the drive, and with writing to it. */
import { num, str } from '../../args';
import { integer, sectorBytes } from '../../format';
import { plain, type FailureTexts } from './shape';

export const disc: FailureTexts = {
  'no-disc': plain('There is no disc in the drive.', 'Put in a blank CD, DVD or Blu-ray.'),
  'disc-upside-down': plain('The drive cannot find a track on this disc.', 'It may lie upside down, or be very dirty. Turn it over and try again.'),
  'disc-not-ready': plain('The drive is still getting to know the disc.', 'It takes up to a minute. Try again then.'),
  'disc-busy': plain('The drive is still at work on this disc.', 'It finishes an earlier job. Wait until its light is out, then try again.'),
  'disc-formatting': plain('The disc is being formatted.', 'Wait until that is done, then try again.'),
  'disc-closed': plain('This disc is closed: it can be read, not written.', 'Put in another disc to burn.'),
  'disc-not-blank': {
    what: (a) => (a['cd'] === true ? 'Something is on this disc already, and tracks are written on a blank one.' : 'This disc holds data.'),
    now: (a) => (a['cd'] === true ? 'Put in a blank CD.' : 'Tick “Replace what is on the disc” to burn over it, or put in another disc.'),
  },
  'disc-write-protected': plain('The disc is protected against writing.', 'Take the protection off, or put in another disc.'),
  'disc-incompatible': plain('The drive does not know this disc.', 'It is damaged, or of a kind that this drive cannot use. Put in another one.'),
  'disc-unsupported': {
    what: (a) => {
      const type = str(a, 'type') ?? str(a, 'medium');
      if (a['cd'] === true && type !== undefined) return `This makes a CD, and the drive holds a ${type}.`;
      return type === undefined ? 'This kind of disc cannot be written.' : `A ${type} cannot be written here.`;
    },
    now: (a) => (a['cd'] === true ? 'Put in a blank CD-R or CD-RW.' : 'Put in a recordable CD, DVD or Blu-ray.'),
  },
  'disc-read-only': plain('This disc is made for reading only.', 'Put in a recordable CD, DVD or Blu-ray.'),
  'disc-no-writer': {
    what: (a) => {
      const type = str(a, 'type') ?? str(a, 'medium');
      return type === undefined ? 'webburn does not write this kind of disc.' : `webburn does not write ${type}.`;
    },
    now: () => 'It can be read. Put in a recordable CD, DVD or Blu-ray to burn.',
  },
  'disc-session-open': plain(
    'The last session on this disc is still open.',
    'Another program began it and did not close it. Close it there, or put in another disc.',
  ),
  'disc-erase-required': {
    what: () => 'The disc must be erased before it can be written.',
    now: (a) => (a['cd'] === true ? 'Choose “Erase disc…”, or put in a blank CD.' : 'Erase it, or tick “Replace what is on the disc”, or put in another disc.'),
  },
  'disc-not-erasable': plain('This disc cannot be erased.', 'It is written once. Put in another disc.'),
  'disc-not-formattable': plain('This disc cannot be formatted in this way.', 'Choose what its kind can become, or put in another disc.'),
  'format-not-offered': plain('The drive does not offer this format for the disc in it.', 'A BD-R is formatted once, while it is blank. The disc is as it was; choose another format.'),
  'format-spare-size': {
    what: (a) => {
      const [least, most] = [num(a, 'least'), num(a, 'most')];
      return least === undefined || most === undefined
        ? 'The drive cannot set aside a spare area of this size.'
        : `The drive sets aside ${sectorBytes(least)} to ${sectorBytes(most)} of this disc for bad places.`;
    },
    now: () => 'The disc is as it was. Choose a size between these.',
  },
  'format-not-running': plain('The disc is not being formatted, so there is nothing to stop.', 'The disc is as it was.'),
  'format-not-stopped': plain('The formatting of this disc was not stopped, so it cannot be taken up again.', 'The disc is as it was.'),
  'disc-tracks-full': plain('The disc has no room for another track.', 'A disc holds 99 tracks at most, whatever space is left. Put in another disc.'),
  'disc-state-unsuitable': plain('The disc is not in a state in which this can be done.', 'Look at its state, or put in another disc.'),
  'disc-damaged': plain(
    'The last session on this disc was never finished.',
    'Nothing can be added safely. What was closed before it can still be read. Put in another disc.',
  ),
  'not-prepared': plain('The disc was not made ready for this.', 'It must be prepared before it is written. The disc is as it was.'),
  'already-prepared': plain('The disc is held ready for writing.', 'This can only be changed before it is prepared or after it is released.'),
  'toc-empty': plain('There is no table of contents yet.', 'It begins with the first track that is written.'),
  'lead-in-too-short': {
    what: (a) => {
      const [has, needs] = [num(a, 'sectors'), num(a, 'needed')];
      return has === undefined || needs === undefined
        ? 'The image has too short a lead-in for this disc.'
        : `The image has a lead-in of ${integer(has)} sectors; this disc needs ${integer(needs)}.`;
    },
    now: () => 'Nothing was written. Make the image with a lead-in from 95:00:00 on: it fits every disc.',
  },
  'disc-not-formatted': plain('The disc is not formatted.', 'It must be formatted before it can be written.'),
  'disc-full': plain('The disc is full.', 'Put in another disc.'),
  'disc-changed': plain(
    'The disc was changed in the meantime.',
    'The drive reported another disc, or the tray was opened. Look at the disc that lies in it now, and start again.',
  ),
  'speed-mismatch': plain('The drive cannot write this disc at any speed that the disc allows.', 'Use a disc made for the speeds of this drive.'),
  'write-error': {
    what: (a) => {
      const percent = str(a, 'percent');
      return percent === undefined ? 'The drive could not write.' : `The drive could not write at ${percent}.`;
    },
    now: (a) => {
      const lba = num(a, 'lba');
      const where = lba === undefined ? '' : `It stopped at sector ${integer(lba)}. `;
      return `${where}That is usually the disc: a scratch, dust or a brand this drive does not like. Try another disc, at a lower speed.`;
    },
  },
  'write-address-lost': plain(
    'The drive refused to write where it had said it could.',
    'Take the disc out, put it in again, and look at its state. If it happens again, try another disc.',
  ),
  'calibration-failed': plain('The drive could not set its laser for this disc.', 'Usually a different brand of disc helps.'),
  'loss-of-streaming': plain('The drive ran out of data while it wrote.', 'Choose a lower speed, and close what else is busy on this computer.'),
  'close-failed': plain(
    'The data is written, but the drive could not close the disc.',
    'Some readers may not see it. Try to read the disc before you throw it away.',
  ),
  'format-failed': plain('The drive could not format the disc.', 'The disc may be worn out. Try another one.'),
  'erase-failed': plain('The drive could not erase the disc.', 'The disc may be worn out. Try another one.'),
  'erase-timeout': plain('Erasing took more than an hour and was given up.', 'The disc is probably worn out. Put in another one.'),
  'read-failed': {
    what: () => 'The disc cannot be read everywhere.',
    now: (a) => {
      const lba = num(a, 'lba');
      return `${lba === undefined ? 'The drive gave up.' : `The drive gave up at sector ${integer(lba)}.`} Clean the disc, or try another drive.`;
    },
  },
  'verify-different': {
    what: () => 'What was read back differs from what was sent.',
    now: (a) => {
      const first = num(a, 'first') ?? num(a, 'lba');
      const n = num(a, 'sectors');
      const where = first === undefined ? '' : ` The first difference is at sector ${integer(first)}.`;
      const many = n === undefined ? '' : ` ${n === 1 ? 'One sector differs' : `${integer(n)} sectors differ`}.`;
      return `The disc cannot be trusted.${many}${where} Burn the image again on another disc.`;
    },
  },
  'verify-unreadable': {
    what: () => 'The disc was written, but not all of it can be read back.',
    now: (a) => {
      const lba = num(a, 'lba') ?? num(a, 'first');
      const where = lba === undefined ? '' : ` Reading failed at sector ${integer(lba)}.`;
      return `The disc cannot be trusted.${where} Burn the image again on another disc, at a lower speed.`;
    },
  },
  'verify-wrong-disc': plain(
    'The disc was written, but the drive says something else about it than it should.',
    'The disc cannot be trusted. Take it out, put it in again, and look at its state.',
  ),
};
