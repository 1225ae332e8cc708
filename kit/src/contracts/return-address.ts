const ANYWHERE = 'http://own.invalid';
const LONGEST = 2_000;

/**
 * One slash, not followed by a second one in any encoding: a browser reads `\` as `/`, and a careless server decodes
 * twice.
 */
const OWN = /^\/(?!\/|%(?:25)*(?:2f|5c))[!-[\]-~]*$/i;

/**
 * Checks a return address: where a shopper goes after the waiting room. It must be a path of this origin, never another
 * host and never the waiting room itself. The result is normalised: dot segments are resolved, the fragment is dropped.
 * @returns path and query, or null
 */
export function ownPath(text: string | null | undefined): string | null {
  if (!text || text.length > LONGEST || !OWN.test(text)) return null;
  const url = new URL(text, ANYWHERE);
  const path = url.pathname + url.search;
  // Checked again, because "/.//evil.example" only now becomes "//evil.example".
  if (url.origin !== ANYWHERE || !OWN.test(path)) return null;
  return /^\/w(?:\/|$)/i.test(url.pathname) ? null : path;
}
