import { Problem } from '../errors.ts';

/**
 * The version that a caller means to change, out of `If-Match`; null: whatever it is now.
 * @throws Problem edit_conflict for what was never an ETag of ours
 */
export function readIfMatch(header: string | undefined): number | null {
  if (!header || header === '*') return null;
  const version = /^(?:W\/)?"(\d+)"$/.exec(header)?.[1];
  if (!version) throw new Problem('edit_conflict', { detail: 'If-Match must be the ETag that was read.' });
  return Number(version);
}
