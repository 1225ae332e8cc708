/**
 * Addresses that a browser is led to or a program calls, read as browsers read them (WHATWG URL): they drop tabs and
 * newlines, turn a backslash into a slash, and take "//host" for another host.
 */

const LONGEST = 2_000;
/** What a browser drops or turns before it reads an address: controls, spaces, backslashes. Anything else it escapes. */
const TURNED = /[\0- \\\x7f-\xa0]/;
/** A slash and no second one behind it, in whatever escape: a careless server decodes twice. */
const ONE_SLASH = /^\/(?!\/|%(?:25)*(?:2f|5c))/i;
const BASE = 'http://own.invalid';

const isReadAsWritten = (text: string) => text.length <= LONGEST && text.isWellFormed() && !TURNED.test(text);

/** Whether a text is a path of the origin that it is read at, and stays one when its dot segments are resolved. */
export function isOwnPath(text: string): boolean {
  if (!isReadAsWritten(text) || !ONE_SLASH.test(text)) return false;
  const { origin, pathname } = new URL(text, BASE);
  return origin === BASE && ONE_SLASH.test(pathname);
}

/** Whether a text is a whole http(s) address, without a user and password. */
export function isWebAddress(text: string | null | undefined): text is string {
  if (!text || !isReadAsWritten(text) || !/^https?:\/\/[^/?#]/i.test(text) || !URL.canParse(text))
    return false;
  const { username, password } = new URL(text);
  return !username && !password;
}

/** The same, and nobody can listen in on the way: https, or plain http on this machine. */
export function isPrivateWay(text: string): boolean {
  if (!isWebAddress(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Whether a room may send its admitted shoppers there: a path of our own, or a whole http(s) address. */
export const isShopAddress = (text: string): boolean =>
  text.startsWith('/') ? isOwnPath(text) : isWebAddress(text);

/**
 * The shop's address as a browser will read it. A path stays at the origin of `base`, a whole address at its own.
 * @throws when it is neither, so that no token and no shopper goes where nobody meant
 */
export function shopAddress(text: string, base: string): URL {
  if (!isShopAddress(text)) throw new Error('Not a web address');
  return new URL(text, base);
}
