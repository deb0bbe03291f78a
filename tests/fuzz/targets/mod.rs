//! One target for each family of bytes that come from outside. Plain functions: the tests run them over bent golden
//! vectors, libFuzzer runs them over whatever it finds. A target fails by panicking.

mod devices;
mod discs;
mod images;
mod replies;
mod wrappers;

/// One target.
pub struct Target {
    /// Its name, also the value of `TARGET` for libFuzzer.
    pub name: &'static str,
    /// Takes any bytes.
    pub run: fn(&[u8]),
    /// The wire types of the golden vectors that it starts from (their `type` begins with one of these).
    pub seeds: &'static [&'static str],
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "cdb", run: replies::cdb, seeds: &[] },
    Target { name: "sense", run: replies::sense, seeds: &["sense"] },
    Target { name: "inquiry", run: replies::inquiry, seeds: &["INQUIRY reply"] },
    Target { name: "capacities", run: replies::capacities, seeds: &["READ CAPACITY", "READ FORMAT CAPACITIES reply"] },
    Target { name: "disc_information", run: replies::disc_information, seeds: &["READ DISC INFORMATION reply"] },
    Target { name: "track_information", run: replies::track_information, seeds: &["READ TRACK INFORMATION reply"] },
    Target { name: "toc", run: replies::toc, seeds: &["READ TOC/PMA/ATIP reply"] },
    Target { name: "sub_channel", run: replies::sub_channel, seeds: &["READ SUB-CHANNEL reply"] },
    Target { name: "configuration", run: replies::configuration, seeds: &["GET CONFIGURATION reply"] },
    Target { name: "event", run: replies::event, seeds: &["GET EVENT STATUS NOTIFICATION reply"] },
    Target { name: "performance", run: replies::performance, seeds: &["GET PERFORMANCE reply"] },
    Target {
        name: "mechanism",
        run: replies::mechanism,
        seeds: &["MECHANISM STATUS reply", "READ BUFFER CAPACITY reply"],
    },
    Target {
        name: "disc_structure",
        run: replies::disc_structure,
        seeds: &["READ DISC STRUCTURE", "SEND DISC STRUCTURE"],
    },
    Target { name: "mode_pages", run: replies::mode_pages, seeds: &["mode page"] },
    Target {
        name: "parameter_lists",
        run: replies::parameter_lists,
        seeds: &["FORMAT UNIT", "SET STREAMING", "SEND CUE SHEET"],
    },
    Target { name: "keys", run: replies::keys, seeds: &[] },
    Target { name: "cbw", run: wrappers::cbw, seeds: &["CBW"] },
    Target { name: "csw", run: wrappers::csw, seeds: &["CSW"] },
    Target { name: "relay_request", run: wrappers::relay_request, seeds: &["relay request"] },
    Target { name: "relay_reply", run: wrappers::relay_reply, seeds: &["relay reply"] },
    Target { name: "relay_hello", run: wrappers::relay_hello, seeds: &["relay hello"] },
    Target { name: "sector", run: discs::sector, seeds: &[] },
    Target { name: "subcode", run: discs::subcode, seeds: &[] },
    Target { name: "cd_text", run: discs::cd_text, seeds: &["READ TOC/PMA/ATIP reply"] },
    Target { name: "image_cue", run: images::cue, seeds: &[] },
    Target { name: "image_toc", run: images::toc, seeds: &[] },
    Target { name: "image_ccd", run: images::ccd, seeds: &[] },
    Target { name: "image_mds", run: images::mds, seeds: &[] },
    Target { name: "image_nrg", run: images::nrg, seeds: &[] },
    Target { name: "image_chd", run: images::chd, seeds: &[] },
    Target { name: "image_sectors", run: images::sectors, seeds: &[] },
    Target { name: "audio_file", run: images::audio, seeds: &[] },
    Target { name: "sim_obey", run: devices::sim_obey, seeds: &[] },
    Target { name: "bot_device", run: devices::bot_device, seeds: &["CBW"] },
    Target { name: "disc_state", run: devices::disc_state, seeds: &[] },
    Target { name: "personality", run: devices::personality, seeds: &[] },
];
