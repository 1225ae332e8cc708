import { getCookieCache } from 'better-auth/cookies';
import { parseSigned } from 'hono/utils/cookie';
import type { Accounts } from './accounts.ts';
import { COOKIE_PREFIX } from './auth.ts';

export const SESSION_COOKIE = `${COOKIE_PREFIX}.session_token`;

/** Who is signed in, as far as signed cookies tell; nothing was asked of the database. */
export type KnownSession = {
  /** From the signed copy of the session, which is believed for SESSION_CACHE_SECONDS. */
  userId: string | null;
  /** Of a genuine session cookie; the session itself may have ended meanwhile. */
  sessionToken: string | null;
};

const NOBODY: KnownSession = { userId: null, sessionToken: null };

/** Reads the session out of a request's `Cookie` header: signatures and times, no query. */
export async function knownSession(
  { secret }: Pick<Accounts, 'secret'>,
  cookie: string | undefined,
): Promise<KnownSession> {
  if (!cookie?.includes(SESSION_COOKIE)) return NOBODY;
  const sessionToken = (await parseSigned(cookie, secret, SESSION_COOKIE))[SESSION_COOKIE] || null;
  if (sessionToken === null) return NOBODY;
  const options = { secret, cookiePrefix: COOKIE_PREFIX, isSecure: false };
  const copy = await getCookieCache(new Headers({ cookie }), options);
  const isOfThisSession = copy?.session.token === sessionToken;
  return { userId: isOfThisSession ? copy.user.id : null, sessionToken };
}
