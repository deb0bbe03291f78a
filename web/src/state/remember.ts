/** Small choices kept between visits: the theme, and which fold-outs were opened once. Lost silently where storage is barred. */
const KEY = 'webburn:';

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(KEY + name, value);
  } catch {
    // A private window or a full store: the choice then lasts as long as the page.
  }
}

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(KEY + name);
  } catch {
    return null;
  }
}
