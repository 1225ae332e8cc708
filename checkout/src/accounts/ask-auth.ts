import type { DatabaseBulkhead } from '@shopfast/db/database-bulkhead';
import { isUnavailable } from '@shopfast/db/postgres-error';
import { type ErrorCode, Problem } from '@shopfast/kit/errors';
import { isAPIError } from 'better-auth/api';
import type { Context } from 'hono';

/** Refusals of better-auth and our error codes for them. Any other refusal is a bug of ours. */
const REFUSALS: Record<string, ErrorCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'credentials_invalid',
  INVALID_PASSWORD: 'credentials_invalid',
  EMAIL_NOT_VERIFIED: 'email_unverified',
  INVALID_TOKEN: 'link_invalid',
  TOKEN_EXPIRED: 'link_invalid',
  USER_NOT_FOUND: 'link_invalid',
  UNAUTHORIZED: 'session_missing',
};

type Answered<T> = { headers: Headers; response: T };

/**
 * Calls a function of better-auth inside a bulkhead and copies the cookies that it sets to the answer.
 * @throws Problem one of the refusals above, `overloaded`, `unavailable`
 */
export async function askAuth<T>(
  c: Context,
  bulkhead: DatabaseBulkhead,
  call: () => Promise<Answered<T>>,
): Promise<T> {
  const { headers, response } = await bulkhead.run(() => call().catch(translate));
  for (const cookie of headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true });
  return response;
}

function translate(error: unknown): never {
  // drizzle and better-auth wrap the errors of Postgres and of the network.
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (isUnavailable(cause)) throw cause;
  const code = isAPIError(error) ? REFUSALS[String(error.body?.code)] : undefined;
  throw code ? new Problem(code, { cause: error }) : error;
}
