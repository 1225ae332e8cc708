import { randomId } from './random-id.ts';

const WELL_FORMED = /^[\w.-]{8,64}$/;

/** Whether the sender's request id is trusted: only a trusted proxy's is. */
export type TrustsSender = (c: { env: unknown }) => boolean;

/** The id of a request: from a trusted proxy if it is well-formed, or else a new one. */
export function requestIdFor(
  given: string | undefined,
  c: { env: unknown },
  isTrusted: TrustsSender | undefined,
): string {
  return given !== undefined && isTrusted?.(c) && WELL_FORMED.test(given) ? given : randomId();
}
