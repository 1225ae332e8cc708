/**
 * Addresses that a browser follows or a program calls, parsed as browsers parse them (WHATWG URL): they drop tabs and
 * newlines, read a backslash as a slash, and take "//host" for another host.
 */

const LONGEST = 2_000;
/** What a browser drops or changes before it parses an address: controls, spaces, backslashes. It escapes the rest. */
const CHANGED_BY_BROWSERS = /[\0- \\\x7f-\xa0]/;
/** One slash, not followed by a second one in any encoding: a careless server decodes twice. */
const ONE_SLASH = /^\/(?!\/|%(?:25)*(?:2f|5c))/i;
const BASE = 'http://own.invalid';

const isReadAsWritten = (text: string) =>
  text.length <= LONGEST && text.isWellFormed() && !CHANGED_BY_BROWSERS.test(text);

/** Whether a text is a path of the current origin, and still is one after dot segments are resolved. */
export function isOwnPath(text: string): boolean {
  if (!isReadAsWritten(text) || !ONE_SLASH.test(text)) return false;
  const { origin, pathname } = new URL(text, BASE);
  return origin === BASE && ONE_SLASH.test(pathname);
}

/** Whether a text is an absolute http(s) address without user and password. */
export function isWebAddress(text: string | null | undefined): text is string {
  if (!text || !isReadAsWritten(text) || !/^https?:\/\/[^/?#]/i.test(text) || !URL.canParse(text))
    return false;
  const { username, password } = new URL(text);
  return !username && !password;
}

/** The same, and nobody on the network can read along: https, or plain http on this machine. */
export function isSecureUrl(text: string): boolean {
  if (!isWebAddress(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Whether a room may send its admitted shoppers there: a path of our own, or an absolute http(s) address. */
export const isShopAddress = (text: string): boolean =>
  text.startsWith('/') ? isOwnPath(text) : isWebAddress(text);

/**
 * The shop's address as a browser will read it. A path is resolved at the origin of `base`.
 * @throws when the address is invalid, so that no token and no shopper goes to an unintended host
 */
export function shopAddress(text: string, base: string): URL {
  if (!isShopAddress(text)) throw new Error('Not a web address');
  return new URL(text, base);
}
