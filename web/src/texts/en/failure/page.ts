/** What can be wrong in the page itself. */
import { num, str } from '../../args';
import { bytes } from '../../format';
import { plain, type FailureTexts } from './shape';

export const page: FailureTexts = {
  'cd-file-changed': {
    what: (a) => `“${str(a, 'name') ?? 'A file'}” cannot be read any more.`,
    now: () => 'It was moved, deleted or changed since you chose it. Choose it again.',
  },
  'no-wasm': plain(
    'This browser cannot run the burner.',
    'It needs WebAssembly and workers, which are switched off or missing here. Open this page in a current Chrome, Edge, Firefox or Safari, or use the program “webburn” in a terminal.',
  ),
  'engine-failed': plain(
    'The burner in this page stopped by itself.',
    'Reload the page. If a disc was being written, look at its state before you use it.',
  ),
  'contents-not-kept': {
    what: () => 'The contents of this simulated disc were not kept.',
    now: (a) => {
      const limit = num(a, 'limit');
      return limit === undefined
        ? 'So large a disc keeps only a fingerprint of its contents.'
        : `It keeps up to ${bytes(limit)} in this page, and only a fingerprint of the rest.`;
    },
  },
  'contents-too-large': {
    what: () => 'The contents are too large for a download in this browser.',
    now: (a) => {
      const limit = num(a, 'limit');
      return `${limit === undefined ? 'The limit is set by this browser.' : `It can hold ${bytes(limit)} at once.`} Chrome and Edge can save straight to a file.`;
    },
  },
  'nothing-to-read': plain('There is nothing on this disc to read.', 'Burn something on it first.'),
  'not-user-data': plain(
    'What lies here does not fit into an ISO file.',
    'Sectors of video or sound, as Video CDs have them (mode 2, form 2), would be cut in it. Save the whole disc as BIN and CUE, which keeps all of them.',
  ),
  'save-failed': plain('The contents could not be saved.', 'There may be no room on the disk, or the file may be open elsewhere. The disc is unchanged.'),
  cancelled: plain('The job was cancelled.', 'Nothing else happened.'),
  'not-implemented': plain('webburn cannot do this yet with this kind of disc.', 'The disc is as it was. Put in another kind of disc.'),
  'out-of-memory': plain('The browser ran out of memory.', 'Close other tabs and reload the page.'),
  'argument-invalid': plain('Something in webburn itself went wrong.', 'Reload the page. The details below help to repair it.'),
  'client-name-invalid': plain('Something in webburn itself went wrong.', 'Reload the page. The details below help to repair it.'),
  internal: plain('Something in webburn itself went wrong.', 'Reload the page and look at the disc. The details below help to repair it.'),
};
