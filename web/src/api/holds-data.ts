import type { MediumState } from './types';

/**
 * Does the disc hold something that a burn from its beginning would replace?
 *
 * No drive tells what was last written on an overwritable disc; whether it looks blank is asked of its first and last
 * sectors (`MediaHeuristicallyBlank`).
 */
export function holdsData(m: MediumState): boolean {
  switch (m.status) {
    case 'complete':
    case 'appendable':
    case 'damaged':
      return true;
    case 'overwritable':
      return m.lastWrittenAddress !== null || !m.seemsBlank;
    default:
      return false;
  }
}
