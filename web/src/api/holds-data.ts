import type { MediumState } from './types';

/** Does the disc hold something that a burn from its beginning would replace? */
export function holdsData(m: MediumState): boolean {
  return m.status === 'complete' || m.status === 'appendable' || (m.status === 'overwritable' && m.lastWrittenAddress !== null);
}
