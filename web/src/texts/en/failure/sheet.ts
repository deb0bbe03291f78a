/** What is wrong with a line of a cue sheet, by the engine's word for it. */
export const sheetFaults: Record<string, string> = {
  'no-lines': 'the sheet says nothing',
  'no-lead-in': 'the lead-in is missing',
  'no-lead-out': 'the lead-out is missing',
  'no-time': 'its time is none that a CD has',
  'no-form': 'there is no such kind of sector',
  'no-track-number': 'tracks have the numbers 1 to 99',
  'out-of-order': 'its time does not come after that of the line before',
  'short-track': 'the track is shorter than four seconds',
  'track-out-of-order': 'its track does not come next',
  'index-out-of-order': 'the track does not begin with index 0 or 1',
  'starts-elsewhere': 'the session does not begin where the disc goes on',
  'too-many-lines': 'the drive does not take that many lines',
  'no-room-for-text': 'CD-Text needs a blank disc that tells where its lead-in begins',
};
