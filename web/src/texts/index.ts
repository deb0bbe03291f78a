/**
 * Every sentence that a person reads on the page, keyed by code. One folder a language, one file an area.
 *
 * A new language is a folder with the same shape as `en` (the type checks it) and one more row in `languages`.
 */
import { en } from './en';

export type Texts = typeof en;

export const languages = { en } satisfies Record<string, Texts>;

/** The texts in use. */
export const t: Texts = languages.en;

export { num, str, type Args } from './args';
