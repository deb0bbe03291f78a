//! dump
use webburn_tests::{recorded, second_opinion as so};
#[test]
fn dump() {
    for name in ["cdrskin-cdr-tao","wodim-cdr-tao","cdrskin-cdr-sao","wodim-cdr-dao","cdrdao-data-generic-mmc","xorrecord-cdr","cdrskin-cdr-multi-1","wodim-cdr-multi-1","cdrskin-cdr-multi-2","wodim-cdr-multi-2","cdrskin-dvdplusr","growisofs-dvdplusr-compat","xorrecord-dvdplusr","wodim-dvdplusr","cdrskin-dvdplusr-multi-1","cdrskin-bdr","cdrskin-bdr-stream","xorrecord-bdr","cdrskin-bdr-multi"] {
        println!("== {name}");
        for (s, l) in so::of_recording(name, &recorded::host(name)).0 { for l in l { println!("{s}: {l}"); } }
    }
}
