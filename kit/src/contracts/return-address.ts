const ANYWHERE = 'http://own.invalid';
const LONGEST = 2_000;

/** One slash and then no second one, in whatever disguise: a browser reads `\` as `/`, a careless server decodes twice. */
const OWN = /^\/(?!\/|%(?:25)*(?:2f|5c))[!-[\]-~]*$/i;

/**
 * Checks a return address: where a shopper goes after the waiting room. Only a path of our own counts, never another
 * host, never the waiting room itself. What is returned is normalised (dot segments resolved, no fragment).
 * @returns path and query, or null
 */
export function ownPath(text: string | null | undefined): string | null {
  if (!text || text.length > LONGEST || !OWN.test(text)) return null;
  const url = new URL(text, ANYWHERE);
  const path = url.pathname + url.search;
  // Once more: "/.//evil.example" becomes "//evil.example" only now.
  if (url.origin !== ANYWHERE || !OWN.test(path)) return null;
  return /^\/w(?:\/|$)/i.test(url.pathname) ? null : path;
}
