/** Lines of the Activity drawer. */
import { bytes } from '../format';
import { cd } from './cd';

export const activity = {
  title: 'Activity',
  empty: 'Nothing has happened yet.',
  list: 'What happened, newest last',
  opened: (drive: string) => `Connected to ${drive}.`,
  closed: 'Let go of the drive.',
  medium: (title: string, say: string) => `${title}. ${say}`,
  image: (name: string, size: number) => (name === '' ? `Music chosen, ${bytes(size)}.` : `Image chosen: ${name}, ${bytes(size)}.`),
  burn: (name: string, drive: string) => `Burning ${cd.disc(name)} began on ${drive}.`,
  phase: (doing: string) => `${doing}.`,
  stop: 'You asked to stop.',
} as const;
