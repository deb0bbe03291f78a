/** The keyboard beyond Tab and Enter. */
export interface Keys {
  burning: () => boolean;
  askStop: () => void;
  toggleActivity: () => void;
  showHelp: () => void;
  closeWhatIsOpen: () => void;
}

const by = (name: string) => document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`);
const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

export function onKey(keys: Keys): (event: KeyboardEvent) => void {
  return (event) => {
    // A dialog has the keyboard to itself.
    if (document.querySelector('dialog[open]') !== null) return;
    const ctrl = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const key = event.key.toLowerCase();
    if (ctrl && key === 'o') {
      event.preventDefault();
      by('image')?.click();
    } else if (ctrl && key === 'b') {
      event.preventDefault();
      by('burn')?.focus();
    } else if (ctrl && key === 'l') {
      event.preventDefault();
      keys.toggleActivity();
    } else if (event.key === 'F1' || (event.key === '?' && !typing(event.target))) {
      event.preventDefault();
      keys.showHelp();
    } else if (event.key === 'Escape') {
      if (keys.burning()) {
        // Else the same key press would close the dialog that it opened.
        event.preventDefault();
        keys.askStop();
      } else keys.closeWhatIsOpen();
    }
  };
}
