/** What can be wrong with the drive and the way to it. */
import { num, str } from '../../args';
import { plain, type FailureTexts } from './shape';

const udev =
  'On Linux a rule gives it: put SUBSYSTEM=="usb", ATTR{bInterfaceClass}=="ff", MODE="0660", TAG+="uaccess" for this device into a file in /etc/udev/rules.d, and plug the drive in again.';

export const drive: FailureTexts = {
  'drive-read-only': plain('This drive reads discs and does not write them.', 'Choose another drive. Nothing was changed.'),
  'block-type-unsupported': plain('The drive does not write sectors with this kind of sub-channel.', 'Choose another kind. The disc is as it was.'),
  'cue-sheet-refused': plain(
    'The drive refuses this layout of the disc.',
    'Nothing was written and the disc is as it was. Writing raw or track by track may do instead.',
  ),
  'drive-cannot-write-this': {
    what: (a) => (a['raw'] === true ? 'This drive does not write discs raw.' : 'This drive does not write this kind of disc.'),
    now: (a) => (a['raw'] === true ? 'Untick “Write raw with sub-channels”, or choose another drive.' : 'Put in a kind of disc that it does write.'),
  },
  'drive-held': {
    what: (a) => {
      const who = str(a, 'holder') ?? str(a, 'heldBy');
      return who === undefined ? 'Another program uses this drive.' : `This drive is used by ${who}.`;
    },
    now: () => 'Close it there, then try again. Nothing was changed.',
  },
  'drive-in-other-tab': plain('Another tab of this browser uses this drive.', 'Finish or close it there, then try again.'),
  'drive-timeout': {
    what: () => 'The drive stopped answering.',
    now: (a) => {
      const command = str(a, 'command');
      return `${command === undefined ? 'It' : `To ${command} it`} gave no answer in the time that this may take. Take the disc out, unplug the drive and plug it in again.`;
    },
  },
  'drive-gone': plain(
    'The connection to the drive is gone.',
    'The cable was pulled, or the drive was switched off or reset. Connect it again, then look at the disc.',
  ),
  'drive-answer-invalid': plain(
    'The drive gave an answer that makes no sense.',
    'Unplug the drive and plug it in again. If it goes on, its firmware may need an update.',
  ),
  'drive-failed': plain('The drive reported a failure of its own.', 'Unplug the drive, wait a moment, plug it in again.'),
  'drive-refused': plain(
    'The drive refused a command.',
    'Take the disc out, put it in again, and try once more. The details below name the command.',
  ),
  'drive-reset': plain(
    'The drive was reset in the middle of the work.',
    'It lost its power for a moment, or another program reset it. Look at the disc before you use it.',
  ),
  'drive-failed-spinup': plain('The drive could not start the disc.', 'Take the disc out, put it in again. If it happens again, try another disc.'),
  'connection-closed': plain('The connection to the drive was closed.', 'Connect to the drive again, then look at the disc.'),
  'access-denied': plain('Access to the drive was refused.', 'Another program may use it, or a permission is missing.'),
  'command-forbidden': plain('The Disc Bridge does not pass on this command.', 'It passes on disc commands only. The details below name the command.'),
  'mode-page-absent': plain('The drive lacks a setting that burning needs.', 'Choose another drive.'),
  'mode-parameters-refused': plain('The drive refused the way of writing that this disc needs.', 'Try another kind of disc, or another drive.'),
  'structure-absent': plain('The disc does not tell what the drive asked of it.', 'It may be damaged. Put in another one.'),
  'feature-absent': plain('The drive cannot do what this needs.', 'Choose another drive.'),
  'feature-not-current': plain('The drive cannot do this with the disc in it.', 'Put in another kind of disc.'),
  'configuration-unsupported': plain('The drive is too old to say what it can do.', 'Choose another drive.'),
  'no-recorder': plain('No drive is connected.', 'Choose a drive first.'),
  'burn-not-running': plain('Nothing is being burnt.', 'There is nothing to stop.'),
  'no-drive-open': plain('No drive is connected.', 'Choose a drive first.'),
  'burn-running': plain('The drive is burning.', 'Wait until that is done.'),
  'unknown-medium': plain('The simulated drive does not know that disc.', 'Choose one from the list.'),

  'bridge-gone': plain(
    'The Disc Bridge does not answer any more.',
    'It was stopped, or this computer slept. Start it again, reload this page, and look at the disc.',
  ),
  'bridge-refused': {
    what: () => 'The Disc Bridge refused the connection.',
    now: (a) => {
      const status = num(a, 'status');
      return `It answers only to the page that it serves itself${status === undefined ? '' : ` (its answer was ${status})`}. Open the address that it prints.`;
    },
  },

  'no-webusb': plain(
    'This browser does not let pages use USB devices.',
    'Chrome and Edge do, on a page that is served securely. The Disc Bridge reaches every drive from every browser.',
  ),
  'usb-protected-class': plain(
    'Your browser does not hand this drive to web pages.',
    'Chrome keeps ordinary USB disc drives to itself, for every page and on every computer. Neither you, the drive nor this page did anything wrong, and asking again will not help. Your drive is untouched.',
  ),
  'usb-none-chosen': plain(
    'No drive was chosen.',
    'If your drive was not in the list: Chrome hides ordinary USB disc drives from web pages. Asking again will not help; the Disc Bridge will.',
  ),
  'usb-access-denied': plain('This computer does not let the browser open the drive.', `The permission on the device is missing. ${udev}`),
  'usb-claimed-elsewhere': plain(
    'Another program, or the system itself, holds the drive.',
    'Close other burning programs. On Linux the usb-storage driver may have it; then the Disc Bridge is the better way.',
  ),
  'usb-no-bulk-only': plain('This USB device is not a disc drive.', 'It offers no bulk-only transport. Choose another device.'),
  'usb-gone': plain('The USB drive is gone.', 'The cable was pulled or the drive was reset. Plug it in again, then look at the disc.'),
  'usb-failed': plain('The USB connection failed.', 'Unplug the drive and plug it in again.'),
};
