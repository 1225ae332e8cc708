import { isOwnPath } from './web-address.ts';

const ANYWHERE = 'http://own.invalid';
const ASCII = /^[!-~]*$/;

/**
 * Checks a return address: where a shopper goes after the waiting room. Only a path of our own counts, never another
 * host, never the waiting room itself. What is returned is normalised (dot segments resolved, no fragment).
 * @returns path and query, or null
 */
export function ownPath(text: string | null | undefined): string | null {
  if (!text || !ASCII.test(text) || !isOwnPath(text)) return null;
  const { pathname, search } = new URL(text, ANYWHERE);
  return /^\/w(?:\/|$)/i.test(pathname) ? null : pathname + search;
}
