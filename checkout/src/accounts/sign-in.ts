import type { Profile } from '@shopfast/kit/contracts/accounts';
import { Problem } from '@shopfast/kit/errors';
import type { Context } from 'hono';
import type { Checkout } from '../deps.ts';
import { askAuth } from './ask-auth.ts';
import { collectMails, queueMails, type WantedMail } from './mails.ts';
import { profile } from './me.ts';

/**
 * Creates an account, or mails the address that it has one already. The caller gets the same answer, and is not signed
 * in.
 * @param mayMail false: the mailbox got enough mails shortly before
 * @throws Problem `overloaded`, `unavailable`
 */
export async function signUp(
  checkout: Checkout,
  c: Context,
  body: { name: string; email: string; password: string },
  mayMail: boolean,
): Promise<void> {
  const { auth, proving } = checkout.accounts;
  const mails: WantedMail[] = [];
  await askAuth(c, proving, () =>
    collectMails(mails, () => auth.api.signUpEmail({ body, returnHeaders: true })),
  );
  if (mayMail) await queueMails(checkout, c, mails);
}

export type Password = { email: string; password: string };

/**
 * Signs in. With the right password of an unverified address, the link is mailed again if the mail budget allows.
 * @throws Problem `credentials_invalid`, `email_unverified`, `overloaded`, `unavailable`
 */
export async function signIn(
  checkout: Checkout,
  c: Context,
  body: Password,
  mayMail: () => Promise<boolean>,
): Promise<Profile> {
  const mails: WantedMail[] = [];
  try {
    return await openSession(checkout, c, body, mails);
  } catch (problem) {
    const isUnverified = problem instanceof Problem && problem.code === 'email_unverified';
    const mailed = isUnverified && (await mayMail().catch(() => false));
    if (mailed) await queueMails(checkout, c, mails);
    throw problem;
  }
}

/** The sign-in alone. The caller decides about the mails that better-auth wants to send. */
export async function openSession(
  { accounts }: Checkout,
  c: Context,
  body: Password,
  mails: WantedMail[],
): Promise<Profile> {
  const { auth, proving } = accounts;
  const { headers } = c.req.raw;
  const { user } = await askAuth(c, proving, () =>
    collectMails(mails, () => auth.api.signInEmail({ body, headers, returnHeaders: true })),
  );
  return profile(user);
}

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
