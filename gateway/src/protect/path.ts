import { decodeOnce, readingsOf, segmentsOf } from './readings.ts';

/** A request's target: how it is sent on, and how rules see it. */
export type Target = {
  /** Path and query, as they came. */
  raw: string;
  /** The path in the one spelling that rules are written in (see {@link spell}). */
  path: string;
  /** All paths that some server might take it for, in that spelling; null: it cannot be known. */
  readings: ReadonlySet<string> | null;
};

/**
 * Reads the target of a request line, in origin form (`/path?query`) or absolute form (`http://host/path`).
 * @returns null for any other form (`*`)
 */
export function readTarget(requestTarget: string): Target | null {
  const raw = requestTarget.startsWith('/') ? requestTarget : originForm(requestTarget);
  if (raw === null) return null;
  const given = escapeBytes(raw.split('?', 1)[0] as string);
  return { raw, path: spell(given), readings: readingsOf(given) };
}

/** Node gives bytes beyond ASCII as Latin-1 letters; for the servers behind they are bytes. */
const escapeBytes = (path: string) =>
  path.replace(/[\u0080-\u00ff]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);

function originForm(target: string): string | null {
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1];
  if (path === undefined) return null;
  return path.startsWith('/') ? path : `/${path}`;
}

/**
 * The usual reading of a path, in one spelling for percent-encoding, upper case, doubled and trailing slashes and path parameters
 * (`;…`). Only for matching: sent on is what came.
 */
export const spell = (path: string): string => segmentsOf(decodeOnce(path));
