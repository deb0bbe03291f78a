/** Choosing a drive, and what a drive's connection can say. */
import type { DriveChoice } from '../../api/types';

const name = (drive: Pick<DriveChoice, 'vendor' | 'product'>) => `${drive.vendor} ${drive.product}`.replace(/\s+/g, ' ').trim();

export const drive = {
  label: 'Drive',
  choose: 'Choose a drive…',
  usb: 'USB drive…',
  name,
  option: (d: DriveChoice) => {
    if (d.via === 'page-sim') return 'Simulated drive (in this page)';
    const simulated = d.simulated ? ' (simulated)' : '';
    return d.heldBy ? `${name(d)}${simulated}, in use` : `${name(d)}${simulated}`;
  },
  numbered: (option: string, n: number) => `${option}, no. ${n}`,
  via: {
    none: 'Not connected',
    opening: 'Connecting',
    'page-sim': 'Simulated',
    bridge: 'Disc Bridge',
    usb: 'USB',
    held: 'In use',
    burning: 'Laser on',
    working: 'Busy',
  },
  opening: (what: string) => `Connecting to ${what}.`,
  disc: 'Disc in the simulated drive',
  shelf: {
    blank: { cd: 'Blank CDs', dvd: 'Blank DVDs', bd: 'Blank Blu-ray discs', hd: 'Blank HD DVDs' },
    recorded: { cd: 'CDs with data', dvd: 'DVDs with data', bd: 'Blu-ray discs with data', hd: 'HD DVDs with data' },
    appendable: 'With room for another session',
    special: 'Damaged, protected, half formatted',
  },
  pace: 'Pace',
  paces: { real: 'Real time', faster: '10× faster', instant: 'Instant' },
  eject: 'Eject',
  recheck: 'Look again',
} as const;

export const welcome = {
  title: 'Burn a disc from this page',
  lead: 'CD, DVD or Blu-ray. Your files stay on this computer: they go from here to the drive and nowhere else.',
  ways: 'Ways to a drive',
  sim: { name: 'Simulated drive', say: 'A complete burner inside this page. Try everything, waste no disc.', act: 'Try it now' },
  bridge: {
    name: 'Disc Bridge',
    absent: 'For the drive in or on this computer. Start the bridge there and open the address that it prints.',
    drive: 'By the Disc Bridge on this computer.',
    held: (who: string) => `Used by ${who} at the moment.`,
    act: 'Connect',
  },
  usb: {
    name: 'USB drive',
    say: 'Only for drives that browsers let a page use. Most disc drives need the Disc Bridge.',
    absent: 'This browser does not let pages use USB devices. Chrome and Edge do; the Disc Bridge works in every browser.',
    granted: 'You have let this page use it before.',
    act: 'Choose…',
    use: 'Connect',
  },
  imageFirst: 'Or start with your image or your music.',
  imageFirstSay: 'Drop a disc image or audio files here, and choose the drive afterwards.',
} as const;

/** The way to a drive is closed: the screen that says so. */
export const refused = {
  routeLabel:
    'The direct way from this page to a USB drive is closed by the browser. The way through the Disc Bridge is open.',
  routePage: 'This page',
  routeDrive: 'USB drive',
  routeClass: 'disc class 08h',
  routeClosed: 'direct: closed by the browser',
  routeBridge: 'Disc Bridge',
  bridge: { name: 'Use the Disc Bridge', say: 'A small program on this computer that passes on disc commands only. It reaches every drive.' },
  bridgeHow: 'Start it with “npm start” in webburn’s folder and open the address that it prints.',
  sim: { name: 'Use the simulated drive', say: 'The whole page works with it; you can save the disc’s contents afterwards.', act: 'Try it now' },
  again: { name: 'Try again', say: 'When you have done the above.', act: 'Try again' },
  said: 'What the browser said',
  saidDrive: 'Details for experts',
  mediumTitle: 'No drive yet',
  mediumSay: 'No disc was touched.',
} as const;
