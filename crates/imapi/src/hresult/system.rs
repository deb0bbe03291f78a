//! Success codes, common codes and those borrowed from the system.

use super::{HResult, Symbol};

symbols! {
    SYSTEM:
    S_OK = 0x0000_0000, "S_OK", "Done";
    S_FALSE = 0x0000_0001, "S_FALSE", "No, as an answer that is no failure; end of an enumeration";
    E_NOTIMPL = 0x8000_4001, "E_NOTIMPL", "Not implemented, or nothing on the disc tells it";
    E_NOINTERFACE = 0x8000_4002, "E_NOINTERFACE", "An object of another type was expected";
    E_POINTER = 0x8000_4003, "E_POINTER", "Nothing was given where an object belongs";
    E_ACCESSDENIED = 0x8007_0005, "E_ACCESSDENIED", "Access is denied";
    E_FAIL = 0x8000_4005, "E_FAIL", "Failed, with no code of its own";
    E_OUTOFMEMORY = 0x8007_000E, "E_OUTOFMEMORY", "Out of memory";
    E_INVALIDARG = 0x8007_0057, "E_INVALIDARG", "An argument is not valid";
    ERROR_INVALID_HANDLE = 0x8007_0006, "HRESULT_FROM_WIN32(ERROR_INVALID_HANDLE)", "Handle closed under us";
    ERROR_DEV_NOT_EXIST = 0x8007_0037, "HRESULT_FROM_WIN32(ERROR_DEV_NOT_EXIST)", "Drive unplugged";
    S_IMAPI_SPEEDADJUSTED = 0x00AA_0004, "S_IMAPI_SPEEDADJUSTED", "Asked speed not available; another was set";
    S_IMAPI_ROTATIONADJUSTED = 0x00AA_0005, "S_IMAPI_ROTATIONADJUSTED", "Asked rotation type not available; another was set";
    S_IMAPI_BOTHADJUSTED = 0x00AA_0006, "S_IMAPI_BOTHADJUSTED", "Both speed and rotation changed";
    S_IMAPI_COMMAND_HAS_SENSE_DATA = 0x00AA_0200, "S_IMAPI_COMMAND_HAS_SENSE_DATA", "Passthrough delivered; drive answered with sense (an error is inside)";
    S_IMAPI_WRITE_NOT_IN_PROGRESS = 0x00AA_0302, "S_IMAPI_WRITE_NOT_IN_PROGRESS", "Write engine was idle (answer to CancelWrite)";
    S_IMAPI_RAW_IMAGE_TRACK_INDEX_ALREADY_EXISTS = 0x00AA_0A08, "S_IMAPI_RAW_IMAGE_TRACK_INDEX_ALREADY_EXISTS", "That index offset is already there";
    IMAPI_S_IMAGE_FEATURE_NOT_SUPPORTED = 0x00AA_B15F, "IMAPI_S_IMAGE_FEATURE_NOT_SUPPORTED", "Feature needs another UDF revision; image will lack it";
    E_IMAPI_REQUEST_CANCELLED = 0xC0AA_0002, "E_IMAPI_REQUEST_CANCELLED", "Cancelled by the client";
    E_IMAPI_RECORDER_REQUIRED = 0xC0AA_0003, "E_IMAPI_RECORDER_REQUIRED", "No recorder chosen";
    E_IMAPI_BURN_VERIFICATION_FAILED = 0xC0AA_0007, "E_IMAPI_BURN_VERIFICATION_FAILED", "Verification found a difference or a wrong disc state";
}
