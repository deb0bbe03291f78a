/** The icons of the sprite. */
export type IconName =
  | 'chev' | 'chevr' | 'check' | 'warn' | 'x' | 'stop' | 'info' | 'file' | 'image' | 'eject' | 'list' | 'copy'
  | 'half' | 'help' | 'clock' | 'save' | 'plug' | 'usb' | 'sim' | 'redo' | 'spin' | 'buoy' | 'folder' | 'up' | 'down' | 'plus' | 'bin' | 'grip' | 'wipe' | 'grid';
