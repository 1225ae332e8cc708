import { randomId } from './random-id.ts';

const WELL_FORMED = /^[\w.-]{8,64}$/;

/** Whether the word of a request's sender counts: that of a trusted proxy does. */
export type TrustsSender = (c: { env: unknown }) => boolean;

/** The id of a request: the one that a trusted proxy gave it, if that is well-formed, or else a new one. */
export function requestIdFor(
  given: string | undefined,
  c: { env: unknown },
  isTrusted: TrustsSender | undefined,
): string {
  return given !== undefined && isTrusted?.(c) && WELL_FORMED.test(given) ? given : randomId();
}
