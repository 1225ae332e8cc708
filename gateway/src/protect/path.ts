import { decodeOnce, readingsOf, segmentsOf } from './readings.ts';

/** A request's target: in the form to send, and in the form for rules. */
export type Target = {
  /** Path and query, as received. */
  raw: string;
  /** The path in the normal form in which rules are written (see {@link spell}). */
  path: string;
  /** All paths that some server might take it for, in normal form; null: unknown. */
  readings: ReadonlySet<string> | null;
};

/**
 * Parses the target of a request line, in origin form (`/path?query`) or absolute form (`http://host/path`).
 * @returns null for any other form (`*`)
 */
export function readTarget(requestTarget: string): Target | null {
  const raw = requestTarget.startsWith('/') ? requestTarget : originForm(requestTarget);
  if (raw === null) return null;
  const given = escapeBytes(raw.split('?', 1)[0] ?? '');
  return { raw, path: spell(given), readings: readingsOf(given) };
}

/** Node decodes bytes beyond ASCII as Latin-1 letters; for the servers behind they are bytes. */
const escapeBytes = (path: string) =>
  path.replace(/[\u0080-\u00ff]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);

function originForm(target: string): string | null {
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1];
  if (path === undefined) return null;
  return path.startsWith('/') ? path : `/${path}`;
}

/**
 * The normal form of a path: one spelling for percent-encoding, upper case, doubled and trailing slashes and path
 * parameters (`;…`). Only for matching: the path is forwarded as received.
 */
export const spell = (path: string): string => segmentsOf(decodeOnce(path));
