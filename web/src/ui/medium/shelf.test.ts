import { expect, it } from 'vitest';
import { shelfOf } from './shelf';

const ids = ['none', 'file', 'cd-r', 'cd-rw', 'dvd+r', 'bd-r', 'hd-dvd-r', 'cd-r:recorded', 'dvd-ram:recorded', 'bd-re-tl:recorded', 'cd-r:appendable', 'bd-r:appendable', 'cd-r:damaged', 'dvd+rw:format-running'];

it('discs stand on boards: blank, with data, open, odd; what has a name of its own stands alone', () => {
  const boards = shelfOf(ids.map((id) => ({ id, label: id })));
  expect(boards.map((board) => [board.title, board.media.map((m) => m.id)])).toEqual([
    ['', ['none', 'file']],
    ['Blank CDs', ['cd-r', 'cd-rw']],
    ['Blank DVDs', ['dvd+r']],
    ['Blank Blu-ray discs', ['bd-r']],
    ['Blank HD DVDs', ['hd-dvd-r']],
    ['CDs with data', ['cd-r:recorded']],
    ['DVDs with data', ['dvd-ram:recorded']],
    ['Blu-ray discs with data', ['bd-re-tl:recorded']],
    ['With room for another session', ['cd-r:appendable', 'bd-r:appendable']],
    ['Damaged, protected, half formatted', ['cd-r:damaged', 'dvd+rw:format-running']],
  ]);
});
