/** What the CD module tells, as far as the tests look at it. */
export interface Track {
  session: number;
  number: number;
  start: number;
  sectors: number;
  pregap: number;
  title: string | null;
}
export interface Description {
  sessions: number;
  graphics: boolean;
  leadOut: number;
  title: string | null;
  notes: string[];
  tracks: Track[];
}
export interface End {
  outcome: string;
  closed: boolean;
  medium: { status: string };
  sectors: number;
  tracks: { session: number; number: number; compared: string; offset: number; rToW: { compared: string } | null }[];
  sessions: string[];
  raw?: { sectors: number; noise: number; main: { compared: string }; q: { compared: string }; rToW: { compared: string } } | null;
}
