/** The frame of the page: head, theme, help, activity. */
export const page = {
  title: 'webburn',
  titleBurning: (percent: number) => `${percent} % – Burning`,
  titlePhase: (phase: string) => `${phase} – Burning`,
  titleDone: 'Done – webburn',
  titleFailed: 'Not burnt – webburn',
  titleStopped: 'Stopped – webburn',
  nav: 'Page',
  activity: 'Activity',
  theme: (now: 'system' | 'light' | 'dark') =>
    ({ system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' })[now],
  help: 'Help and shortcuts',
  close: 'Close',
  tabs: 'What to burn',
  tabAudio: 'Audio CD',
  tabImage: 'Image',
} as const;

export const help = {
  title: 'Help and shortcuts',
  lead: 'Choose a drive, choose a disc image, read the plan, burn. Nothing is written before you press Burn disc.',
  keys: [
    ['Ctrl+O', 'Choose a disc image, or music'],
    ['Alt+↑ Alt+↓', 'Move the track up or down'],
    ['Ctrl+B', 'Go to Burn disc; Enter burns'],
    ['Esc', 'While it burns: ask to stop. Otherwise: close what is open'],
    ['Ctrl+L', 'Activity'],
    ['F1 or ?', 'This help'],
  ] as const,
} as const;

