//! What a disc's sectors are kept in.

mod null_store {
    use webburn_sim::surface::{CHUNK, NullStore, Store};
    use xxhash_rust::xxh3::xxh3_64;

    #[test]
    fn pieces_in_order_give_the_digest_of_the_whole() {
        let data: Vec<u8> = (0..CHUNK * 2 + 4096).map(|i| (i / 7) as u8).collect();
        let mut whole = NullStore::new();
        whole.write(0, &data).unwrap();
        let mut pieces = NullStore::new();
        for (i, piece) in data.chunks(2048).enumerate() {
            pieces.write(i as u64 * 2048, piece).unwrap();
        }
        assert_eq!(whole.digests(), pieces.digests());
        assert_eq!(whole.digests()[0], xxh3_64(&data[..CHUNK]));
        assert_eq!(whole.digests().len(), 3);
    }

    #[test]
    fn out_of_order_is_said_to_be_unknown() {
        let mut store = NullStore::new();
        store.write(4096, &[1; 2048]).unwrap();
        assert_eq!(store.digests(), [NullStore::UNKNOWN]);
    }
}

mod extents {
    use webburn_sector::Lba;
    use webburn_sim::surface::{BlockForm, CHUNK, Extent, ExtentMap};

    #[test]
    fn scattered_writes_become_one_extent_when_the_gaps_close() {
        let mut map = ExtentMap::linear();
        for first in [64, 0, 32, 96] {
            map.place(Lba(first), 32, BlockForm::Data2048);
        }
        assert_eq!(map.extents(), [Extent { first: 0, count: 128, form: BlockForm::Data2048, at: 0 }]);
        map.place(Lba(16), 32, BlockForm::Data2048);
        assert_eq!(map.extents().len(), 1);
    }

    #[test]
    fn cutting_leaves_the_ends() {
        let mut map = ExtentMap::linear();
        map.place(Lba(0), 100, BlockForm::Data2048);
        let gone = map.cut(Lba(10), 5);
        assert_eq!(gone, [Extent { first: 10, count: 5, form: BlockForm::Data2048, at: 20480 }]);
        assert_eq!(map.extents().len(), 2);
        assert_eq!(map.first_in(Lba(10), 5), None);
        assert_eq!(map.first_in(Lba(10), 6), Some(Lba(15)));
        assert_eq!(map.last(), Some(Lba(99)));
    }

    #[test]
    fn tracks_of_a_cd_are_put_one_behind_the_other() {
        let mut map = ExtentMap::packed();
        map.place(Lba(-150), 150, BlockForm::Audio2352);
        map.place(Lba(0), 10, BlockForm::Audio2352);
        assert_eq!(map.extents().len(), 1, "a run goes on");
        map.place(Lba(10), 1, BlockForm::Data2048);
        assert_eq!(map.extents()[1].at % CHUNK as u64, 0);
    }
}

mod surfaces {
    use webburn_sector::Lba;
    use webburn_sim::surface::{BlockForm, ExtentMap, MemoryStore, Surface, SurfaceError};

    fn surface(write_once: bool) -> Surface {
        Surface::new(ExtentMap::linear(), write_once, Box::new(MemoryStore::new()))
    }

    #[test]
    fn a_written_sector_of_a_write_once_disc_stays_as_it_is() {
        let mut disc = surface(true);
        disc.write(Lba(0), BlockForm::Data2048, &[1; 4096]).unwrap();
        assert_eq!(disc.write(Lba(1), BlockForm::Data2048, &[2; 4096]), Err(SurfaceError::AlreadyWritten(Lba(1))));
        let mut back = [0; 4096];
        disc.read(Lba(0), BlockForm::Data2048, &mut back).unwrap();
        assert_eq!(back, [1; 4096]);
        assert_eq!(
            disc.read(Lba(1), BlockForm::Data2048, &mut [0; 4096]),
            Err(SurfaceError::Unwritten(Lba(2))),
            "the refused write left nothing behind"
        );
    }

    #[test]
    fn a_rewritable_disc_takes_the_newer() {
        let mut disc = surface(false);
        disc.write(Lba(10), BlockForm::Data2048, &[1; 8192]).unwrap();
        disc.write(Lba(11), BlockForm::Data2048, &[2; 2048]).unwrap();
        let mut back = [0; 8192];
        disc.read(Lba(10), BlockForm::Data2048, &mut back).unwrap();
        assert_eq!((back[0], back[2048], back[4096]), (1, 2, 1));
        disc.erase(Lba(11), 1).unwrap();
        assert_eq!(disc.read(Lba(10), BlockForm::Data2048, &mut back), Err(SurfaceError::Unwritten(Lba(11))));
        disc.erase_all().unwrap();
        assert!(disc.map().is_empty());
    }

    #[test]
    fn forms_lie_side_by_side() {
        let mut disc = Surface::new(ExtentMap::packed(), true, Box::new(MemoryStore::new()));
        disc.write(Lba(-150), BlockForm::Audio2352, &vec![7; 150 * 2352]).unwrap();
        disc.write(Lba(0), BlockForm::Data2048, &[9; 2048]).unwrap();
        let mut block = [0; 2352];
        disc.read(Lba(-1), BlockForm::Audio2352, &mut block).unwrap();
        assert_eq!(block, [7; 2352]);
        assert_eq!(disc.read(Lba(0), BlockForm::Audio2352, &mut block), Err(SurfaceError::OtherForm(Lba(0))));
    }
}

mod memory_store {
    use webburn_sector::{PatternSource, SECTOR_SIZE};
    use webburn_sim::surface::{CHUNK, MemoryStore, Store};

    fn pattern(sectors: usize) -> Vec<u8> {
        let mut all = vec![0; sectors * SECTOR_SIZE];
        for (i, sector) in all.chunks_mut(SECTOR_SIZE).enumerate() {
            PatternSource::fill(i as u64, sector);
        }
        all
    }

    #[test]
    fn equal_bytes_and_the_pattern_cost_next_to_nothing_and_read_back_exactly() {
        let mut store = MemoryStore::new();
        store.write(0, &vec![0xAA; CHUNK]).unwrap();
        assert_eq!(store.kept(), 1);
        let data = pattern(64);
        store.write(CHUNK as u64, &data).unwrap();
        assert_eq!(store.kept(), 1 + 2);
        let mut back = vec![0; data.len()];
        store.read(CHUNK as u64, &mut back).unwrap();
        assert_eq!(back, data);
        let mut piece = vec![0; 5000];
        store.read(CHUNK as u64 + 777, &mut piece).unwrap();
        assert_eq!(piece, data[777..5777]);
    }

    #[test]
    fn pieces_of_a_pattern_shrink_once_the_chunk_is_full() {
        let mut store = MemoryStore::new();
        for (i, piece) in pattern(32).chunks(16 * SECTOR_SIZE).enumerate() {
            store.write((i * 16 * SECTOR_SIZE) as u64, piece).unwrap();
        }
        assert_eq!(store.kept(), 1);
    }

    #[test]
    fn anything_else_is_kept_as_it_is() {
        let mut store = MemoryStore::new();
        let mut data = pattern(32);
        data[40_000] ^= 1;
        store.write(0, &data).unwrap();
        assert_eq!(store.kept(), CHUNK as u64);
        store.write(100, &[1, 2, 3]).unwrap();
        data[100..103].copy_from_slice(&[1, 2, 3]);
        let mut back = vec![0; CHUNK];
        store.read(0, &mut back).unwrap();
        assert_eq!(back, data);
        store.discard(0, 40_000).unwrap();
        store.read(0, &mut back).unwrap();
        assert!(back[..40_000].iter().all(|byte| *byte == 0));
        assert_eq!(back[40_000..], data[40_000..]);
        store.discard(0, CHUNK as u64).unwrap();
        assert_eq!(store.kept(), 0);
    }
}
