import { parseSigned } from 'hono/utils/cookie';

/** `__Host-`: Secure, Path=/, no Domain. With it the session's cookie is `__Host-account.session_token`. */
export const COOKIE_PREFIX = '__Host-account';
export const SESSION_COOKIE = `${COOKIE_PREFIX}.session_token`;

/**
 * The session secret of a request's `Cookie` header, if our signature on it is valid. This reads no database, so the
 * session may have ended: the statement that uses it must look it up.
 */
export async function sessionTokenOf(
  { secret }: { secret: string },
  cookie: string | undefined,
): Promise<string | null> {
  if (!cookie?.includes(SESSION_COOKIE)) return null;
  return (await parseSigned(cookie, secret, SESSION_COOKIE))[SESSION_COOKIE] || null;
}
