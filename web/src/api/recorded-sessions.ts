import type { MediumState, SessionInfo } from './types';

/** The sessions that hold something, each up to where it is recorded. An open session may be empty: it is none then. */
export function recordedSessions(m: MediumState): SessionInfo[] {
  return m.sessions.flatMap((session) => {
    if (!session.open) return session.end > session.start ? [session] : [];
    const tracks = m.tracks.filter((track) => track.session === session.number && !track.blank);
    const ends = tracks.map((track) => (track.lastRecorded !== null ? track.lastRecorded + 1 : (track.nextWritable ?? track.start + track.sectors)));
    const end = Math.max(session.start, ...ends);
    return end > session.start ? [{ ...session, end }] : [];
  });
}
