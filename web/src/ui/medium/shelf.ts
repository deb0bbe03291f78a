/** The discs of a simulated drive as a shelf: blank ones, recorded ones, others; CDs first. Pure. */
import type { SimMedium } from '../../api/types';
import { t } from '../../texts';

export interface Board {
  /** Heading; '' for what stands by itself. */
  title: string;
  media: SimMedium[];
}

type Family = keyof typeof t.drive.shelf.blank;

/** Ids are those of the simulated drive: `bd-r`, and a condition behind a colon. */
function family(id: string): Family | null {
  if (id.startsWith('cd-')) return 'cd';
  if (id.startsWith('hd-dvd')) return 'hd';
  if (id.startsWith('dvd')) return 'dvd';
  return id.startsWith('bd-') ? 'bd' : null;
}

function titleOf(id: string): string {
  const of = family(id);
  // No disc, and discs with names of their own.
  if (of === null) return '';
  const { shelf } = t.drive;
  const condition = id.split(':')[1];
  switch (condition) {
    case undefined:
      return shelf.blank[of];
    case 'recorded':
      return shelf.recorded[of];
    case 'appendable':
      return shelf.appendable;
    default:
      return shelf.special;
  }
}

/** In the order in which the drive lists them. */
export function shelfOf(media: readonly SimMedium[]): Board[] {
  const boards = new Map<string, SimMedium[]>();
  for (const medium of media) {
    const title = titleOf(medium.id);
    boards.set(title, [...(boards.get(title) ?? []), medium]);
  }
  return [...boards].map(([title, all]) => ({ title, media: all }));
}
