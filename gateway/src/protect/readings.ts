/** More readings or characters than this mean an attack. */
const MAX_READINGS = 200;
const MAX_CHARACTERS = 64_000;

/** A path that every server understands in the same way. */
const PLAIN = /^(?:\/[a-z0-9_-](?:[a-z0-9_.-]*[a-z0-9_-])?)*\/?$/i;

/**
 * All paths that a server might take a request's path for: decoded any number of times, with or without the part after
 * `;`, dot segments resolved or not, `\` as `/`, letters folded, and other known behaviour of servers, in any order.
 * @param path as received, without query
 * @returns in normal form (see `spell`), including the path itself; null when the readings cannot be known: control
 *    characters, overlong UTF-8, more `..` than there are segments, too many readings
 */
export function readingsOf(path: string): ReadonlySet<string> | null {
  if (PLAIN.test(path)) return new Set([segmentsOf(path)]);
  const seen = new Set([path]);
  let characters = path.length;
  // The set grows during the loop, so that each reading is itself read in all ways.
  for (const reading of seen) {
    if (isUnknowable(reading)) return null;
    for (const step of STEPS) {
      const next = step(reading);
      if (seen.has(next)) continue;
      seen.add(next);
      characters += next.length;
      if (seen.size > MAX_READINGS || characters > MAX_CHARACTERS) return null;
    }
  }
  return new Set([...seen].map(segmentsOf));
}

/** One spelling for doubled and trailing slashes, path parameters and upper case. */
export function segmentsOf(path: string): string {
  const segments = path
    .split('/')
    .map(withoutParameters)
    .filter((segment) => segment !== '');
  return `/${segments.join('/').toLowerCase()}`;
}

const eachSegment = (change: (segment: string) => string) => (path: string) =>
  path.split('/').map(change).join('/');

const withoutParameters = (segment: string) => segment.replace(/;.*$/s, '');

/** Removes the characters at the end that `dropped` matches. A pattern with `+$` would retry at each of them. */
function withoutEnd(segment: string, dropped: RegExp): string {
  let end = segment.length;
  while (end > 0 && dropped.test(segment.charAt(end - 1))) end -= 1;
  return segment.slice(0, end);
}

/** What a server may do to a path before it resolves it. */
const STEPS: ((path: string) => string)[] = [
  decodeOnce,
  decodeWithin,
  decodeUnits,
  // Bytes that form a letter only together with bytes that are decoded later.
  (path) =>
    path.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  // An incomplete escape: some servers drop its percent sign.
  (path) => path.replace(/%(?![0-9a-f]{2}|u[0-9a-f]{4})/gi, ''),
  (path) => path.replaceAll('\\', '/'),
  (path) => path.replace(/\/{2,}/g, '/'),
  // "//host/path": a reference without a scheme.
  (path) => path.replace(/^\/{2,}[^/]*/, ''),
  (path) => path.replace(/[?#].*$/s, ''),
  eachSegment(withoutParameters),
  eachSegment((segment) => withoutEnd(segment, /[\s+]/)),
  // Windows drops dots and spaces at the end of a name, and has streams ("::$DATA").
  eachSegment((segment) =>
    /^\.{1,2}$/.test(segment) ? segment : withoutEnd(segment.replace(/:[:$].*$/s, ''), /[.\s+]/),
  ),
  // Cookieless sessions of ASP.NET.
  (path) => path.replace(/\/\((?:[a-z]\([^()/]*\))+\)(?=\/|$)/gi, ''),
  resolveDots,
  (path) => path.normalize('NFKC').toLowerCase(),
  (path) => path.toUpperCase().toLowerCase(),
  // Conversion to a code page removes diacritics; invisible characters are dropped.
  (path) => path.normalize('NFKD').replace(/[\p{M}\p{Default_Ignorable_Code_Point}\ufffd]/gu, ''),
];

/** Decodes percent-encoding (`%2f`, and the old `%u002f`) once, bytes as UTF-8. Invalid UTF-8 is taken for Latin-1. */
export function decodeOnce(path: string): string {
  return decodeUnits(path).replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    textOf(Buffer.from(run.replaceAll('%', ''), 'hex')),
  );
}

function decodeUnits(path: string): string {
  return path.replace(/%u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The same for a server that splits the path first: an encoded slash is part of a name. */
function decodeWithin(path: string): string {
  const kept = path.replace(/%(?=2f|5c)/gi, '\ue000');
  return decodeOnce(kept).replaceAll('\ue000', '%');
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** `\ue001` replaces a root that was left upwards. */
const ABOVE_ROOT = '\ue001';

function resolveDots(path: string): string {
  const segments = path.split('/');
  if (!segments.some((segment) => segment === '.' || segment === '..')) return path;
  const kept: string[] = [];
  for (const segment of segments.slice(1)) {
    if (segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.pop() === undefined) return ABOVE_ROOT;
  }
  return `/${kept.join('/')}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029\ue000-\ue001]/;
/** Overlong encodings: no legitimate client writes them. */
const OVERLONG = /%(?:c[01]|e0%[89]|f0%8)/i;
const isUnknowable = (path: string): boolean => CONTROL.test(path) || OVERLONG.test(path);
