import type { Args } from '../../args';

/** One failure in words: what happened and to what; then why, and what to do now. */
export interface FailureText {
  /** What happened. One sentence. */
  what: (args: Args) => string;
  /** Why, and what to do now. */
  now: (args: Args) => string;
}

/** Keyed by code. */
export type FailureTexts = Record<string, FailureText>;

/** For sentences without figures. */
export function plain(what: string, now: string): FailureText {
  return { what: () => what, now: () => now };
}
