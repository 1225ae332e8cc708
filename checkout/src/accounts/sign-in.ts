import type { Profile } from '@shopfast/kit/contracts/accounts';
import { Problem } from '@shopfast/kit/errors';
import type { Context } from 'hono';
import type { Checkout } from '../deps.ts';
import { askAuth } from './ask-auth.ts';
import { collectMails, type WantedMail } from './outgoing-mails.ts';
import { profile } from './profile.ts';
import { queueMails } from './send-mails.ts';

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
