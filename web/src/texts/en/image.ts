/** The image: choosing it, what was checked, whether it fits. */
import { bytesPair, integer, rate, sectorBytes, times } from '../format';

export const image = {
  label: 'Disc image',
  choose: 'Choose an image…',
  other: 'Another image…',
  dropTitle: 'Drop a disc image here.',
  dropSay: 'An .iso file of any kind, burnt byte for byte; or the image of a CD with all its files: CUE, TOC, CCD, MDS, NRG, CHD, BIN.',
  brief: (size: string, sectors: number) => `disc image · ${size} · ${integer(sectors)} sectors`,
  briefBytes: (size: string) => `disc image · ${size}`,
  capacity: 'Room on the disc',
  fits: (need: number, room: number) => {
    const [a, b] = bytesPair(need * 2048, room * 2048);
    return `${a} of ${b}`;
  },
  left: (sectors: number) => `${sectorBytes(sectors)} left`,
  tooMuch: (sectors: number) => `${sectorBytes(sectors)} too much`,
  onDisc: (sectors: number) => `On the disc ${sectorBytes(sectors)}`,
  free: (sectors: number) => `Free ${sectorBytes(sectors)}`,
} as const;

export const checks = {
  title: 'Checks',
  readable: 'The image can be read.',
  sectors: (n: number) => `It is ${integer(n)} whole sectors.`,
  fits: (need: number, room: number) => {
    const [a, b] = bytesPair(need * 2048, room * 2048);
    return `It fits: ${a} of ${b}.`;
  },
  rate: (have: number, speed: number, need: number) => `The image comes at ${rate(have)}; ${times(speed)} needs ${rate(need)}.`,
  rateRoom: 'With room to spare.',
  rateLow: 'The drive would have to pause. Choose a lower speed.',
  added: (sessions: number) =>
    sessions === 1 ? 'It goes behind the session on the disc, which stays.' : `It goes behind the ${integer(sessions)} sessions on the disc, which stay.`,
  replaced: 'What is on the disc now is lost.',
  closedAnyway: 'This disc is closed by being written in this way: nothing can be added later.',
  unchanged: 'It is the file that you chose; a change while it burns is noticed.',
} as const;
