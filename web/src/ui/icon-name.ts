/** The icons of the sprite. */
export type IconName =
  | 'chev' | 'chevr' | 'check' | 'warn' | 'x' | 'stop' | 'info' | 'file' | 'image' | 'eject' | 'list' | 'copy'
  | 'half' | 'help' | 'clock' | 'save' | 'plug' | 'usb' | 'sim' | 'redo' | 'spin' | 'buoy' | 'folder' | 'wipe' | 'grid';
