/** Figures that come with a code. They are read by name and may be missing: a sentence must hold without them. */
export type Args = Record<string, string | number | boolean>;

/** A number by name, or `undefined`. */
export function num(args: Args, name: string): number | undefined {
  const value = args[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A word by name, or `undefined`. */
export function str(args: Args, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
