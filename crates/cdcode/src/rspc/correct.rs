//! Correcting a body by its product code.
//!
//! One code of two parity bytes finds one wrong byte, or fills two whose places are known. Going over columns and
//! diagonals in turn corrects far more, since what is left in one direction is thinned out by the other.

use super::syndrome::{p_syndromes, q_syndromes};
use super::{BODY, Body, P_LENGTH, Q_CODES, Q_LENGTH, Q_PARITY, ROW, p_place, q_code_of, q_place};
use crate::gf256::{EXP, LOG, divide, multiply};

/// More rounds than this never helped: each must repair something to be followed by another.
const ROUNDS: usize = 24;

/// What [`correct`] achieved. Codes that still fail are in `bad_p` and `bad_q`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Corrected {
    pub(crate) bad_p: u8,
    pub(crate) bad_q: u8,
}

/// One direction of the product code.
struct Axis {
    codes: usize,
    length: usize,
    place: fn(usize, usize) -> usize,
}

const P: Axis = Axis { codes: ROW, length: P_LENGTH, place: p_place };
const Q: Axis = Axis { codes: Q_CODES, length: Q_LENGTH, place: q_place };

/// Repairs what the code allows, in place. `suspect` says of each place whether the drive marked it as doubtful.
pub(crate) fn correct(body: &mut Body, suspect: Option<&[bool; BODY]>) -> Corrected {
    for _ in 0..ROUNDS {
        let mut changed = false;
        if let Some(suspect) = suspect {
            changed |= fill_erasures(body, &P, |place| suspect[place]);
            changed |= fill_erasures(body, &Q, |place| suspect[place]);
        }
        changed |= fix_singles(body, &P, true);
        changed |= fix_singles(body, &Q, true);
        if !changed {
            // A code that was mended to the wrong word looks sound and keeps its crossing codes from being believed.
            changed = fix_singles(body, &P, false);
            changed |= fix_singles(body, &Q, false);
        }
        if !changed {
            // Only now guess: bytes where a failing column meets a failing diagonal are the likely ones.
            let bad_p = p_syndromes(body).map(|pair| pair != [0, 0]);
            changed = fill_erasures(body, &Q, |place| place < Q_PARITY && bad_p[place % ROW]);
            let bad_q = q_syndromes(body).map(|pair| pair != [0, 0]);
            changed |= fill_erasures(body, &P, |place| bad_q[q_code_of(place)]);
        }
        if !changed {
            break;
        }
    }
    let (bad_p, bad_q) = super::count_bad(body);
    Corrected { bad_p, bad_q }
}

fn syndromes(body: &Body, axis: &Axis) -> [[u8; 2]; ROW] {
    if axis.codes == ROW {
        return p_syndromes(body);
    }
    let mut all = [[0; 2]; ROW];
    all[..Q_CODES].copy_from_slice(&q_syndromes(body));
    all
}

/// Whether the code that crosses at `place` fails too. A byte that is really wrong nearly always makes it.
fn crossed(axis: &Axis, other: &[[u8; 2]; ROW], place: usize) -> bool {
    if axis.codes == ROW {
        other[q_code_of(place)] != [0, 0]
    } else {
        place >= Q_PARITY || other[place % ROW] != [0, 0]
    }
}

/// Corrects every code of `axis` that looks as if one byte were wrong; when `careful`, only where the crossing code
/// fails as well.
fn fix_singles(body: &mut Body, axis: &Axis, careful: bool) -> bool {
    let own = syndromes(body, axis);
    let other = syndromes(body, if axis.codes == ROW { &Q } else { &P });
    let mut changed = false;
    for (code, [s0, s1]) in own.into_iter().take(axis.codes).enumerate() {
        if s0 == 0 || s1 == 0 {
            continue;
        }
        let from_end = usize::from(LOG[usize::from(divide(s1, s0))]);
        if from_end >= axis.length {
            continue;
        }
        let place = (axis.place)(code, axis.length - 1 - from_end);
        if !careful || crossed(axis, &other, place) {
            body[place] ^= s0;
            changed = true;
        }
    }
    changed
}

/// Solves every failing code of `axis` in which at most two places are doubtful.
fn fill_erasures(body: &mut Body, axis: &Axis, doubtful: impl Fn(usize) -> bool) -> bool {
    let own = syndromes(body, axis);
    let mut changed = false;
    for (code, [s0, s1]) in own.into_iter().take(axis.codes).enumerate() {
        if [s0, s1] == [0, 0] {
            continue;
        }
        let mut places = (0..axis.length).filter(|&i| doubtful((axis.place)(code, i)));
        let weight = |i: usize| EXP[axis.length - 1 - i];
        match (places.next(), places.next(), places.next()) {
            (Some(only), None, None) if s1 == multiply(s0, weight(only)) => {
                body[(axis.place)(code, only)] ^= s0;
                changed = true;
            }
            (Some(one), Some(two), None) => {
                let e2 = divide(s1 ^ multiply(s0, weight(one)), weight(one) ^ weight(two));
                body[(axis.place)(code, one)] ^= s0 ^ e2;
                body[(axis.place)(code, two)] ^= e2;
                changed = true;
            }
            _ => {}
        }
    }
    changed
}
