//! The Reed-Solomon product code of data sectors: P over columns, Q over diagonals.
//!
//! Bytes 12–2351 of a sector, the *body*, are rows of 43 two-byte words. The two bytes of a word belong to separate
//! codes, so everything here counts byte columns: 86 P codes of 26 bytes, 52 Q codes of 45 (ECMA-130, annex A).

mod correct;
mod encode;
mod syndrome;

pub(crate) use correct::{Corrected, correct};
pub(crate) use encode::write_parity;
pub(crate) use syndrome::count_bad;

/// Bytes of a sector that the code covers: all but the sync.
pub(crate) const BODY: usize = 2340;
/// The covered part of a sector.
pub(crate) type Body = [u8; BODY];

/// Bytes in a row, and so P codes.
const ROW: usize = 86;
/// Rows of data; P parity are rows 24 and 25.
const DATA_ROWS: usize = 24;
/// Rows that the Q codes cover.
const Q_ROWS: usize = 26;
/// Data bytes in a Q code.
const Q_DATA: usize = 43;
/// Q codes.
const Q_CODES: usize = 52;
/// Where Q parity begins in the body.
const Q_PARITY: usize = ROW * Q_ROWS;

/// Bytes in a P code, parity included.
const P_LENGTH: usize = 26;
/// Bytes in a Q code, parity included.
const Q_LENGTH: usize = 45;

/// Where byte `i` of P code `code` lies in the body.
const fn p_place(code: usize, i: usize) -> usize {
    ROW * i + code
}

/// Where byte `i` of Q code `code` lies in the body.
const fn q_place(code: usize, i: usize) -> usize {
    if i < Q_DATA {
        ROW * ((code / 2 + i) % Q_ROWS) + 2 * i + code % 2
    } else {
        Q_PARITY + Q_CODES * (i - Q_DATA) + code
    }
}

/// The Q code that covers the byte at `place` of the rows.
const fn q_code_of(place: usize) -> usize {
    let (row, column) = (place / ROW, place % ROW / 2);
    // 52 is a multiple of 26 that keeps the difference positive.
    2 * ((row + 52 - column) % Q_ROWS) + place % 2
}

/// The rows of the body as the Q codes run through them: entry `m` holds byte `m` of all 52 codes, then padding.
/// Copying first and computing then lets the sums run over whole words.
fn diagonals(body: &Body) -> [[u8; 56]; Q_DATA] {
    let (rows, _) = body.as_chunks::<ROW>();
    let mut diagonals = [[0; 56]; Q_DATA];
    for (m, diagonal) in diagonals.iter_mut().enumerate() {
        let (after, before) = rows[..Q_ROWS].split_at(m % Q_ROWS);
        let (words, _) = diagonal.as_chunks_mut::<2>();
        for (word, row) in words.iter_mut().zip(before.iter().chain(after)) {
            *word = [row[2 * m], row[2 * m + 1]];
        }
    }
    diagonals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_standard() {
        for code in 0..Q_CODES {
            for i in 0..Q_DATA {
                let word = (43 * (code / 2) + 44 * i) % 1118;
                assert_eq!(q_place(code, i), 2 * word + code % 2);
                assert_eq!(q_code_of(q_place(code, i)), code);
            }
            assert_eq!(q_place(code, 43), 2 * (1118 + code / 2) + code % 2);
            assert_eq!(q_place(code, 44), 2 * (1144 + code / 2) + code % 2);
        }
        assert_eq!(p_place(85, 25), 2 * (43 * 25 + 42) + 1);
    }
}
