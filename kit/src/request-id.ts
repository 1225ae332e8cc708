import { randomId } from './random-id.ts';

const WELL_FORMED = /^[\w.-]{8,64}$/;

/** The caller's own id of a request, if it is well-formed, or else a new one. */
export const requestIdFor = (given: string | undefined): string =>
  given !== undefined && WELL_FORMED.test(given) ? given : randomId();
