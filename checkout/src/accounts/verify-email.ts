import type { Profile } from '@shopfast/kit/contracts/accounts';
import { Problem } from '@shopfast/kit/errors';
import type { Context } from 'hono';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import type { Checkout } from '../deps.ts';
import { askAuth } from './ask-auth.ts';
import { openSession } from './sign-in.ts';

const linkClaims = z.object({ email: z.string(), userId: z.string() });

/** The address that a verification link was mailed to. @throws Problem `link_invalid` */
export async function addressOfLink({ accounts }: Checkout, token: string): Promise<string> {
  const key = new TextEncoder().encode(accounts.secret);
  const claims = await jwtVerify(token, key, { algorithms: ['HS256'] }).then(
    ({ payload }) => linkClaims.safeParse(payload).data,
    () => undefined,
  );
  if (!claims) throw new Problem('link_invalid');
  return claims.email;
}

/**
 * Verifies an address and signs in. Link and password are both needed: a stranger who signs up with another's address
 * knows the password but not the link. The owner might follow the link but does not know the password.
 * @throws Problem `link_invalid`, `credentials_invalid`, `overloaded`, `unavailable`
 */
export async function verifyEmail(
  checkout: Checkout,
  c: Context,
  { email, token, password }: { email: string; token: string; password: string },
): Promise<Profile> {
  const { auth, reading } = checkout.accounts;
  const signInAgain = () => openSession(checkout, c, { email, password }, []);
  try {
    return await signInAgain();
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== 'email_unverified') throw problem;
  }
  await askAuth(c, reading, () =>
    auth.api.verifyEmail({ query: { token }, headers: c.req.raw.headers, returnHeaders: true }),
  );
  return signInAgain();
}
