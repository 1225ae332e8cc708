import type { Context } from 'hono';
import type { Checkout } from '../deps.ts';
import { askAuth } from './ask-auth.ts';

/** Ends this browser's session, if it has one. */
export async function signOut({ accounts }: Checkout, c: Context): Promise<void> {
  const { auth, reading } = accounts;
  await askAuth(c, reading, () => auth.api.signOut({ headers: c.req.raw.headers, returnHeaders: true }));
}

/** Ends every session of the account, including this one. @throws Problem `session_missing` */
export async function signOutEverywhere(checkout: Checkout, c: Context): Promise<void> {
  const { auth, reading } = checkout.accounts;
  await askAuth(c, reading, () =>
    auth.api.revokeSessions({ headers: c.req.raw.headers, returnHeaders: true }),
  );
  await signOut(checkout, c);
}
