/** The theme: as the system says, or light, or dark. Remembered. */
import { remember, remembered } from '../state/remember';

export type Theme = 'system' | 'light' | 'dark';
const ROUND: readonly Theme[] = ['system', 'light', 'dark'];

const known = (word: string | null): Theme => ROUND.find((name) => name === word) ?? 'system';

export const theme = $state<{ now: Theme }>({ now: known(remembered('theme')) });

/** Puts the theme on the document. */
export function applyTheme(): void {
  const { dataset } = document.documentElement;
  if (theme.now === 'system') delete dataset['theme'];
  else dataset['theme'] = theme.now;
}

export function nextTheme(): void {
  theme.now = ROUND[(ROUND.indexOf(theme.now) + 1) % ROUND.length] ?? 'system';
  remember('theme', theme.now);
  applyTheme();
}
