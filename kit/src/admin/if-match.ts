import { z } from '../contracts/zod.ts';
import { Problem } from '../errors.ts';

/** Header schema for the OpenAPI document. */
export const ifMatchHeader = z.object({
  'if-match': z
    .string()
    .optional()
    .describe('the ETag that was read: refuses to overwrite what somebody changed since'),
});

/**
 * Reads the version that a caller means to change from `If-Match`; null: any version.
 * @throws Problem edit_conflict for a value that is not an ETag of ours
 */
export function readIfMatch(header: string | undefined): number | null {
  if (!header || header === '*') return null;
  const version = /^(?:W\/)?"(\d+)"$/.exec(header)?.[1];
  if (!version) throw new Problem('edit_conflict', { detail: 'If-Match must be the ETag that was read.' });
  return Number(version);
}
