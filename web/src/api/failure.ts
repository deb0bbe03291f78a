import type { BurnFailure } from './types';

/** Is this what an engine call rejects with? */
export function isBurnFailure(thing: unknown): thing is BurnFailure {
  return (
    typeof thing === 'object' &&
    thing !== null &&
    typeof (thing as BurnFailure).code === 'string' &&
    typeof (thing as BurnFailure).message === 'string' &&
    typeof (thing as BurnFailure).hresult === 'number'
  );
}

/** E_FAIL: something below went wrong that has no HRESULT of its own. */
export const E_FAIL = 0x80004005;

/** A failure that arose in the page. Nothing was sent to the disc unless `parts` says otherwise. */
export function pageFailure(
  code: string,
  message: string,
  args: BurnFailure['args'] = {},
  parts: Partial<BurnFailure> = {},
): BurnFailure {
  return {
    code,
    args,
    hresult: E_FAIL,
    hresultName: 'E_FAIL',
    message,
    refusedBeforeWriting: true,
    medium: null,
    ...parts,
  };
}

/** Whatever was thrown, as the failure that the page can show. */
export function asFailure(thrown: unknown, code: string): BurnFailure {
  if (isBurnFailure(thrown)) return thrown;
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return pageFailure(code, message);
}
