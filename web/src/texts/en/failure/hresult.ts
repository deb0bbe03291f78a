/** Sentences for IMAPI2's own codes, used where nothing more exact is known. Keyed by the symbol. */
import { disc } from './disc';
import { drive } from './drive';
import { image } from './image';
import { page } from './page';
import { plain, type FailureTexts } from './shape';

const same = (texts: FailureTexts, code: string) => texts[code] ?? plain(code, '');

export const hresult: FailureTexts = {
  E_IMAPI_REQUEST_CANCELLED: same(page, 'cancelled'),
  E_IMAPI_RECORDER_REQUIRED: same(drive, 'no-drive-open'),
  E_IMAPI_BURN_VERIFICATION_FAILED: plain(
    'The disc did not pass the check.',
    'What was read back is not what was sent. The disc cannot be trusted. Burn the image again on another disc.',
  ),
  E_IMAPI_RECORDER_NO_SUCH_MODE_PAGE: plain('The drive lacks a setting that burning needs.', 'Choose another drive.'),
  E_IMAPI_RECORDER_MEDIA_NO_MEDIA: same(disc, 'no-disc'),
  E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE: same(disc, 'disc-incompatible'),
  E_IMAPI_RECORDER_MEDIA_UPSIDE_DOWN: same(disc, 'disc-upside-down'),
  E_IMAPI_RECORDER_MEDIA_BECOMING_READY: same(disc, 'disc-not-ready'),
  E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS: same(disc, 'disc-formatting'),
  E_IMAPI_RECORDER_MEDIA_BUSY: same(disc, 'disc-busy'),
  E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS: plain(
    'The drive refused the way of writing that this disc needs.',
    'Try another kind of disc, or another drive.',
  ),
  E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED: same(disc, 'disc-write-protected'),
  E_IMAPI_RECORDER_NO_SUCH_FEATURE: plain('The drive cannot do what this needs.', 'Choose another drive.'),
  E_IMAPI_RECORDER_FEATURE_IS_NOT_CURRENT: plain('The drive cannot do this with the disc in it.', 'Put in another kind of disc.'),
  E_IMAPI_RECORDER_GET_CONFIGURATION_NOT_SUPPORTED: plain('The drive is too old to say what it can do.', 'Choose another drive.'),
  E_IMAPI_RECORDER_COMMAND_TIMEOUT: same(drive, 'drive-timeout'),
  E_IMAPI_RECORDER_DVD_STRUCTURE_NOT_PRESENT: plain('The disc does not tell what the drive asked of it.', 'It may be damaged. Put in another one.'),
  E_IMAPI_RECORDER_MEDIA_SPEED_MISMATCH: same(disc, 'speed-mismatch'),
  E_IMAPI_RECORDER_LOCKED: same(drive, 'drive-held'),
  E_IMAPI_RECORDER_CLIENT_NAME_IS_NOT_VALID: same(page, 'internal'),
  E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED: same(disc, 'disc-not-formatted'),
  E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE: same(drive, 'drive-answer-invalid'),
  E_IMAPI_LOSS_OF_STREAMING: same(disc, 'loss-of-streaming'),
  E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE: plain(
    'The drive could not go on.',
    'That is usually the disc: a scratch, dust or a brand this drive does not like. Try another disc, at a lower speed.',
  ),
  E_IMAPI_DF2DATA_WRITE_IN_PROGRESS: same(drive, 'burn-running'),
  E_IMAPI_DF2DATA_WRITE_NOT_IN_PROGRESS: plain('Nothing is being burnt.', 'There is nothing to stop.'),
  E_IMAPI_DF2DATA_INVALID_MEDIA_STATE: plain('The disc is not in a state in which this can be done.', 'Look at its state, or put in another disc.'),
  E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED: plain(
    'This image cannot be burnt.',
    'It must hold whole sectors of 2048 bytes, and at least one. Choose another file.',
  ),
  E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA: same(image, 'image-too-large'),
  E_IMAPI_DF2DATA_MEDIA_NOT_BLANK: same(disc, 'disc-not-blank'),
  E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED: same(disc, 'disc-unsupported'),
  E_IMAPI_DF2DATA_RECORDER_NOT_SUPPORTED: same(drive, 'drive-cannot-write-this'),
  E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID: same(page, 'internal'),
  E_NOTIMPL: plain('webburn cannot do this yet with this kind of disc.', 'Put in another kind of disc.'),
  E_OUTOFMEMORY: plain('The browser ran out of memory.', 'Close other tabs and reload the page.'),
  E_ACCESSDENIED: plain('Access was refused.', 'Another program may use the drive, or a permission is missing.'),
  E_POINTER: same(page, 'internal'),
  E_INVALIDARG: same(page, 'internal'),
  E_FAIL: plain('The drive could not do what was asked.', 'Take the disc out, put it in again, and try once more.'),
};
