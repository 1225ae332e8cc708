import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { acceptedLanguages } from './accept-language.ts';

const COOKIE = 'shopfast_language';
const A_YEAR = 365 * 86_400;

/** An answer in one of the reader's languages must name these in its `Vary`. */
export const DECIDED_BY = ['Accept-Language', 'Cookie'];

/** The reader's languages, best first, for `chooseLocale`: the one chosen on a page, then those of the browser. */
export function readerLanguages(c: Context): string[] {
  const chosen = getCookie(c, COOKIE);
  const accepted = acceptedLanguages(c.req.header('accept-language'));
  return chosen ? [chosen, ...accepted] : accepted;
}

/** The language chosen on a page, from a `Cookie` header. */
export const chosenLanguage = (cookie: string | undefined): string | undefined =>
  cookie === undefined ? undefined : /(?:^|;\s*)shopfast_language=([\w-]{1,35})/.exec(cookie)?.[1];

/** Stores the language that was chosen on a page. It is not secret, and must also work over plain http. */
export function rememberLanguage(c: Context, language: string): void {
  setCookie(c, COOKIE, language, { path: '/', maxAge: A_YEAR, sameSite: 'Lax', httpOnly: true });
}
