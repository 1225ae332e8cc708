import { z } from 'zod';

/**
 * Rules for every text, time, id and number from outside. Postgres stores no NUL and no lone surrogate, browsers drop
 * or change invisible characters, and columns have a length. Input that we cannot store or show unchanged is refused
 * here.
 */

/** C0 and C1 controls, except newline and tab. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
/** Also not allowed in a single line. */
const LINE_BREAKS = /[\t\n\u2028\u2029]/;

const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};
/** A text has at most as many code points as UTF-16 units, so a short text needs no counting. */
const isAtMost = (text: string, most: number) => text.length <= most || codePoints(text) <= most;

/** Whether a text is well-formed Unicode without control characters. Newline and tab are allowed. */
export const isPlainText = (text: string): boolean => text.isWellFormed() && !CONTROLS.test(text);

/** The same for a single line. */
export const isPlainLine = (text: string): boolean => isPlainText(text) && !LINE_BREAKS.test(text);

/**
 * Makes foreign data storable: Postgres takes no NUL and no lone surrogate, so U+FFFD replaces them in every text and
 * key. For data that we must store however it is written, such as events of a payment provider.
 */
export function storable<Value>(value: Value): Value {
  // The casts: each branch returns the form that it was given, which TypeScript cannot follow for a type parameter.
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '\ufffd') as Value;
  // As above.
  if (Array.isArray(value)) return value.map(storable) as Value;
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  // As above.
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storable(key), storable(inner)]),
  ) as Value;
}

type Length = {
  /** In code points. */
  least?: number;
  most: number;
};

/**
 * One line, exactly as sent: no control characters, no lone surrogates, a length in code points. For values that are
 * compared literally: secrets, codes, tokens.
 */
export function exactLine({ least = 1, most }: Length) {
  return z
    .string()
    .refine((text) => isAtMost(text, most), `must have at most ${most} characters`)
    .refine(
      (text) => text.length >= least && codePoints(text) >= least,
      `must have at least ${least} characters`,
    )
    .refine(isPlainLine, 'must be one line of text without control characters')
    .meta({ minLength: least, maxLength: most });
}

/** A name or label: one line, trimmed, otherwise as `exactLine`. */
export function line(length: Length) {
  return z
    .string()
    .trim()
    .pipe(exactLine(length))
    .meta({ minLength: length.least ?? 1, maxLength: length.most });
}

/** A text of several lines: newline and tab are allowed. CRLF becomes LF. */
export function paragraphs({ least = 0, most }: Length) {
  return z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n'))
    .pipe(
      z
        .string()
        .refine((text) => isAtMost(text, most), `must have at most ${most} characters`)
        .refine((text) => codePoints(text) >= least, `must have at least ${least} characters`)
        .refine(isPlainText, 'must be text without control characters'),
    )
    .meta({ minLength: least, maxLength: most });
}

const FIRST_INSTANT = Date.UTC(1970, 0, 1);
const FIRST_AFTER = Date.UTC(3000, 0, 1);

/**
 * A time, RFC 3339 with any offset, from 1970 to 2999 in UTC. Postgres, JavaScript and mails all write this range the
 * same way.
 */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be a time as in RFC 3339, e.g. 2026-11-27T09:00:00Z' })
  .refine((text) => {
    const ms = Date.parse(text);
    return ms >= FIRST_INSTANT && ms < FIRST_AFTER;
  }, 'must be a time of the years 1970 to 2999')
  .transform((text) => new Date(text));

/** The largest number that a column `integer` stores. */
export const MAX_INTEGER = 2_147_483_647;

const wholeNumber = (least: number, most: number) =>
  z
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

/** A whole number in an answer. */
export const count = z.number().int();

/** A whole number in a body. The default limit is that of its column. */
export const integer = (least: number, most: number = MAX_INTEGER) => wholeNumber(least, most);

/**
 * A whole number in a path or query: plain decimal digits. `Number()` alone would also accept "0x1f", "1e3" and " 7".
 */
export const integerText = (least: number, most: number) =>
  z
    .string({ error: 'must be a whole number' })
    .regex(/^-?\d{1,16}$/, 'must be a whole number')
    .transform(Number)
    .pipe(wholeNumber(least, most))
    .meta({ type: 'integer', minimum: least, maximum: most });

/** A row number in a path, or a cursor made of one. */
export const rowNumber = integerText(1, Number.MAX_SAFE_INTEGER);

/** The number of rows in a page of a list. */
export const pageSize = ({ most, usual }: { most: number; usual: number }) =>
  integerText(1, most).default(usual).meta({ type: 'integer', minimum: 1, maximum: most, default: usual });

/** Property names of every JavaScript object. They are not allowed as keys, in any case. */
const OF_EVERY_OBJECT = new Set(
  [...Object.getOwnPropertyNames(Object.prototype), 'prototype'].map((name) => name.toLowerCase()),
);
const isOurs = (id: string) => !OF_EVERY_OBJECT.has(id.toLowerCase());

/** The id of a room or the name of a template. */
export const roomId = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/,
    'must be 1 to 48 lower-case letters, digits and inner hyphens',
  )
  .refine(isOurs, 'is a reserved name; choose another one')
  .describe('1 to 48 lower-case letters, digits and inner hyphens');

/** The id of a room to look up. Any text is accepted: an unknown room is simply not found. */
export const roomParam = exactLine({ most: 64 });

/** The id of a new product. */
export const newProductId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9 and -')
  .refine(isOurs, 'is a reserved name; choose another one');

/** The id of a product to look up. Older ids may contain other characters. */
export const productId = exactLine({ most: 64 });

/** The id of a reservation token. */
export const jti = z.string().regex(/^[\w.:-]{1,100}$/, 'must be the id of a token');

/** ISO 3166-1, two letters. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capitals (ISO 3166-1)');

/** A language tag, BCP 47. */
export const languageTag = z
  .string()
  .max(35)
  .regex(/^[A-Za-z0-9-]+$/, 'must be a BCP 47 language tag');
