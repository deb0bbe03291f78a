/** The picture of the disc: its legend, and the same in words. */
import { millimetres } from '../format';

export const disc = {
  legend: 'On the disc, from the centre outwards',
  legendHead: 'From the centre outwards',
  legendRadius: 'radius',
  none: 'No disc',
  name: {
    planned: (what: string) => `${what}, with the planned burn`,
    burning: (what: string) => `${what}, burning`,
    verifying: (what: string) => `${what}, being read back`,
    verified: (what: string) => `${what}, verified`,
    reworking: (what: string, erase: boolean) => `${what}, being ${erase ? 'erased' : 'formatted'}`,
    failed: (what: string) => `${what}, after a failed burn`,
  },
  upTo: (amount: string) => `up to ${amount}`,
  label: {
    laser: 'Laser',
    erased: 'erased',
    formatted: 'formatted',
    written: 'Written',
    toWrite: 'Still to write',
    readBack: 'Read back',
    readBackHub: 'read back',
    toRead: 'Still to read',
    planned: (image: string) => `${image}, planned`,
    session: (n: number) => `Session ${n}`,
    verified: 'Verified',
    data: 'Data',
    writeError: 'Write error',
    readError: 'Differs or unreadable',
    free: 'Free',
    notWritten: 'Not written',
    leadOut: 'Lead-out, closed',
  },
  /** For those who listen. */
  ghost: 'An empty outline: there is no disc to show.',
  start: (blank: boolean) => `From the centre outwards: lead-in${blank ? ', not yet written' : ''}`,
  span: (label: string, amount: string, mm: number) => `${label}${amount ? `, ${amount}` : ''}, out to ${millimetres(mm)}`,
  spanInwards: (label: string, amount: string, layer: number, mm: number) =>
    `${label}${amount ? `, ${amount}` : ''}, to ${millimetres(mm)} on layer ${layer}`,
  bad: (label: string, mm: number) => `${label} at ${millimetres(mm)}`,
  rest: (label: string, amount: string) => `${label}, ${amount}`,
  closed: 'lead-out: the disc is closed',
  laser: (mm: number) => `the laser is at ${millimetres(mm)}`,
} as const;
