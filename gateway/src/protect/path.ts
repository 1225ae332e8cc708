/** A request's target: how it is sent on, and how rules see it. */
export type Target = {
  /** Path and query, as they came. */
  raw: string;
  /** The path in the one spelling that rules are written in (see {@link spell}). */
  path: string;
  /** Servers disagree on what this path means; a rule cannot be trusted to see what the upstream will. */
  ambiguous: boolean;
};

/**
 * Reads the target of a request line, in origin form (`/path?query`) or absolute form (`http://host/path`).
 * @returns null for any other form (`*`)
 */
export function readTarget(requestTarget: string): Target | null {
  const raw = requestTarget.startsWith('/') ? requestTarget : originForm(requestTarget);
  if (raw === null) return null;
  const path = raw.split('?', 1)[0] as string;
  return { raw, path: spell(path), ambiguous: isAmbiguous(path) };
}

function originForm(target: string): string | null {
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1];
  if (path === undefined) return null;
  return path.startsWith('/') ? path : `/${path}`;
}

/**
 * One spelling for all that an upstream may take for the same path: percent-encoding, upper case, doubled and trailing
 * slashes, path parameters (`;…`). Only for matching: sent on is what came.
 */
export function spell(path: string): string {
  const segments = decodePrintable(path)
    .split('/')
    .map((segment) => segment.replace(/;.*$/, ''))
    .filter((segment) => segment !== '');
  return `/${segments.join('/').toLowerCase()}`;
}

function decodePrintable(path: string): string {
  return path.replace(/%([2-7][0-9a-f])/gi, (encoded, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[!-~]/.test(character) ? character : encoded;
  });
}

/**
 * Dot segments, also encoded and with parameters (`/..;/`), encoded slashes, backslashes and control characters:
 * browsers never send them; they are how a path gets past a rule.
 */
function isAmbiguous(path: string): boolean {
  if (/[\\#]|%(?:2f|5c|[01][0-9a-f]|7f)/i.test(path)) return true;
  return decodePrintable(path)
    .split('/')
    .some((segment) => /^\.{1,2}(?:;|$)/.test(segment));
}
