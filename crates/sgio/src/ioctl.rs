//! The one system call: `ioctl(SG_IO)` with `sg_io_hdr` version 3 (Linux `include/scsi/sg.h`).

use std::ffi::{c_int, c_uchar, c_uint, c_ushort, c_void};
use std::os::fd::{AsRawFd, BorrowedFd};
use std::ptr;
use std::time::Duration;

use nix::errno::Errno;
use webburn_scsi::{Cdb, Completion, Data, TransportError};

use crate::status::{Ended, judge};

const DXFER_NONE: c_int = -1;
const DXFER_TO_DEV: c_int = -2;
const DXFER_FROM_DEV: c_int = -3;
/// Room for sense: more than any drive sends.
const SENSE_ROOM: usize = 64;

/// `struct sg_io_hdr`, field for field.
#[repr(C)]
struct Header {
    interface_id: c_int,
    dxfer_direction: c_int,
    cmd_len: c_uchar,
    mx_sb_len: c_uchar,
    iovec_count: c_ushort,
    dxfer_len: c_uint,
    dxferp: *mut c_void,
    cmdp: *const c_uchar,
    sbp: *mut c_uchar,
    timeout: c_uint,
    flags: c_uint,
    pack_id: c_int,
    usr_ptr: *mut c_void,
    status: c_uchar,
    masked_status: c_uchar,
    msg_status: c_uchar,
    sb_len_wr: c_uchar,
    host_status: c_ushort,
    driver_status: c_ushort,
    resid: c_int,
    duration: c_uint,
    info: c_uint,
}

mod raw {
    // `SG_IO` is 2285h, a number of before the _IOWR scheme.
    nix::ioctl_readwrite_bad!(sg_io, 0x2285, super::Header);
}

/// Why the ioctl itself failed, or how the command ended.
pub(crate) enum Failure {
    /// The system call was refused; the drive has not seen the command.
    System(Errno),
    /// The drive saw it, the wire broke.
    Transport(TransportError),
}

/// Sends one command and blocks until its end or until the kernel gives up after `limit`.
pub(crate) fn sg_io(fd: BorrowedFd<'_>, cdb: &Cdb, data: Data<'_>, limit: Duration) -> Result<Completion, Failure> {
    let (len, mut sense) = (data.len(), [0u8; SENSE_ROOM]);
    let (dxfer_direction, dxferp) = match data {
        Data::In(into) if len > 0 => (DXFER_FROM_DEV, into.as_mut_ptr().cast()),
        // The kernel only reads from this one; the field has one type for both ways.
        Data::Out(from) if len > 0 => (DXFER_TO_DEV, from.as_ptr().cast_mut().cast()),
        _ => (DXFER_NONE, ptr::null_mut()),
    };
    let mut header = Header {
        interface_id: c_int::from(b'S'),
        dxfer_direction,
        cmd_len: cdb.as_bytes().len() as c_uchar,
        mx_sb_len: SENSE_ROOM as c_uchar,
        iovec_count: 0,
        dxfer_len: c_uint::try_from(len).map_err(|_| Failure::System(Errno::EINVAL))?,
        dxferp,
        cmdp: cdb.as_bytes().as_ptr(),
        sbp: sense.as_mut_ptr(),
        timeout: c_uint::try_from(limit.as_millis()).unwrap_or(c_uint::MAX),
        flags: 0,
        pack_id: 0,
        usr_ptr: ptr::null_mut(),
        status: 0,
        masked_status: 0,
        msg_status: 0,
        sb_len_wr: 0,
        host_status: 0,
        driver_status: 0,
        resid: 0,
        duration: 0,
        info: 0,
    };
    // SAFETY: `header` is laid out as the kernel's sg_io_hdr (checked by a test against its documented size) and outlives
    // the call. `cmdp` points at `cmd_len` readable bytes of `cdb`, `sbp` at `mx_sb_len` writable bytes of `sense`,
    // `dxferp` at `dxfer_len` bytes of the caller's slice, borrowed for the whole call: writable for a transfer from the
    // device, only read by the kernel for one to the device, null when nothing moves. No pointer is kept after the call:
    // SG_IO without SG_FLAG_MMAP_IO blocks until the kernel is done with all three.
    unsafe { raw::sg_io(fd.as_raw_fd(), &raw mut header) }.map_err(Failure::System)?;
    let ended = Ended {
        status: header.status,
        host: header.host_status,
        driver: header.driver_status,
        residue: header.resid,
        sense: &sense[..usize::from(header.sb_len_wr).min(SENSE_ROOM)],
    };
    judge(ended, len).map_err(Failure::Transport)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Offsets by the C layout of `struct sg_io_hdr` on 64-bit systems.
    #[test]
    #[cfg(target_pointer_width = "64")]
    fn the_header_is_the_kernels() {
        use std::mem::{offset_of, size_of};
        assert_eq!(size_of::<Header>(), 88);
        assert_eq!(offset_of!(Header, dxfer_len), 12);
        assert_eq!(offset_of!(Header, dxferp), 16);
        assert_eq!(offset_of!(Header, timeout), 40);
        assert_eq!(offset_of!(Header, status), 64);
        assert_eq!(offset_of!(Header, host_status), 68);
        assert_eq!(offset_of!(Header, resid), 72);
        assert_eq!(offset_of!(Header, info), 80);
    }

    #[test]
    fn a_file_that_is_no_drive_refuses_the_call() {
        use std::os::fd::AsFd;
        let null = std::fs::File::open("/dev/null").unwrap();
        let cdb = Cdb::new([0; 6]);
        let end = sg_io(null.as_fd(), &cdb, Data::None, Duration::from_secs(1));
        assert!(matches!(end, Err(Failure::System(Errno::ENOTTY))));
    }
}
