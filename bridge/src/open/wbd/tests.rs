use super::*;

/// A folder of one test's own, removed at its end.
struct Place(PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Where a file may lie for as long as the folder is held.
fn place(name: &str) -> (Place, PathBuf) {
    let folder = std::env::temp_dir().join(format!("webburn-wbd-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    (Place(folder), file)
}

fn open(path: &Path) -> (DiscFile, Disc) {
    DiscFile::open_or_create(path, MediumKind::DvdPlusRw, "dvd+rw").unwrap()
}

#[test]
fn bytes_and_state_survive() {
    let (_place, path) = place("survive.wbd");
    {
        let (mut file, mut disc) = open(&path);
        disc.store_mut().write(10 << 20, b"hello").unwrap();
        disc.set_write_protected(true);
        file.keep(&mut disc).unwrap();
    }
    let (_file, mut disc) = open(&path);
    let mut bytes = [1; 7];
    disc.store_mut().read((10 << 20) - 1, &mut bytes).unwrap();
    assert_eq!(&bytes, b"\0hello\0");
    let json = serde_json::to_string(&disc.to_state()).unwrap();
    let mut blank = Disc::blank(MediumKind::DvdPlusRw);
    assert_ne!(json, serde_json::to_string(&blank.to_state()).unwrap());
    blank.set_write_protected(true);
    assert_eq!(json, serde_json::to_string(&blank.to_state()).unwrap());
}

#[test]
fn a_torn_state_leaves_the_one_before() {
    let (_place, path) = place("torn.wbd");
    let before = {
        let (mut file, mut disc) = open(&path);
        let before = serde_json::to_string(&disc.to_state()).unwrap();
        disc.set_write_protected(true);
        file.keep(&mut disc).unwrap();
        before
    };
    // The second writing went to slot A; half of it never arrived.
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    store::write_at(&file, 4096 + 24, &[0xFF; 8]).unwrap();
    drop(file);
    let (_file, disc) = open(&path);
    assert_eq!(serde_json::to_string(&disc.to_state()).unwrap(), before);
}

#[test]
fn forgotten_bytes_are_zeros_again() {
    let (_place, path) = place("holes.wbd");
    let (_file, mut disc) = open(&path);
    let store = disc.store_mut();
    store.write(0, &vec![7; 1 << 20]).unwrap();
    let full = store.kept();
    store.discard(4096, (1 << 20) - 8192).unwrap();
    store.discard(1 << 40, 1 << 40).unwrap();
    let mut all = vec![1; 1 << 20];
    store.read(0, &mut all).unwrap();
    assert!(all[..4096].iter().chain(&all[(1 << 20) - 4096..]).all(|&byte| byte == 7));
    assert!(all[4096..(1 << 20) - 4096].iter().all(|&byte| byte == 0));
    assert!(store.kept() <= full);
}

#[test]
fn what_is_no_disc_is_refused_and_left_alone() {
    let (_place, path) = place("text.wbd");
    std::fs::write(&path, "my diary").unwrap();
    let refused = DiscFile::open_or_create(&path, MediumKind::CdR, "cd-r");
    assert!(matches!(refused, Err(WbdError::Broken(..))));
    assert_eq!(std::fs::read(&path).unwrap(), b"my diary");
    let (_place, path) = place("other.wbd");
    drop(open(&path));
    let refused = DiscFile::open_or_create(&path, MediumKind::CdR, "cd-r");
    assert!(matches!(refused, Err(WbdError::OtherKind(_, MediumKind::DvdPlusRw))));
}

#[test]
fn one_program_at_a_time() {
    let (_place, path) = place("locked.wbd");
    let _open = open(&path);
    let second = DiscFile::open_or_create(&path, MediumKind::DvdPlusRw, "dvd+rw");
    assert!(matches!(second, Err(WbdError::InUse(_))));
}
