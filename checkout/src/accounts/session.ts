import { parseSigned } from 'hono/utils/cookie';
import type { Accounts } from './accounts.ts';
import { COOKIE_PREFIX } from './auth.ts';

export const SESSION_COOKIE = `${COOKIE_PREFIX}.session_token`;

/**
 * The secret of the session that a request's `Cookie` header brings, if it has our signature; no query. The session itself
 * may have ended meanwhile: whoever acts on it looks it up, in the statement that needs it.
 */
export async function sessionTokenOf(
  { secret }: Pick<Accounts, 'secret'>,
  cookie: string | undefined,
): Promise<string | null> {
  if (!cookie?.includes(SESSION_COOKIE)) return null;
  return (await parseSigned(cookie, secret, SESSION_COOKIE))[SESSION_COOKIE] || null;
}
