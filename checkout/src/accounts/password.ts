import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from 'hono';
import type { Checkout } from '../deps.ts';
import { askAuth } from './ask-auth.ts';
import { collectMails, queueMails, type WantedMail } from './mails.ts';

/**
 * Sets a new password after checking the present one. All other sessions end; this one gets a new secret.
 * @throws Problem `credentials_invalid`, `session_missing`, `overloaded`, `unavailable`
 */
export async function changePassword(
  { accounts }: Checkout,
  c: Context,
  { current, password }: { current: string; password: string },
): Promise<void> {
  const { auth, proving } = accounts;
  await askAuth(c, proving, () =>
    auth.api.changePassword({
      body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
      headers: c.req.raw.headers,
      returnHeaders: true,
    }),
  );
}

/** Longer than either answer needs. With an account there is more to write, and the response time must not show it. */
const ANSWER_AFTER_MS = 300;

/**
 * Mails a link to set a new password if the account exists. Answer and response time are the same if it does not.
 * @param mayMail false: links that still work were mailed shortly before
 * @throws Problem `overloaded`, `unavailable`
 */
export async function requestPasswordReset(
  checkout: Checkout,
  c: Context,
  email: string,
  mayMail: boolean,
): Promise<void> {
  const { auth, reading } = checkout.accounts;
  const work = async () => {
    if (!mayMail) return;
    const mails: WantedMail[] = [];
    await askAuth(c, reading, () =>
      collectMails(mails, () => auth.api.requestPasswordReset({ body: { email }, returnHeaders: true })),
    );
    await queueMails(checkout, c, mails);
  };
  await Promise.all([work(), delay(ANSWER_AFTER_MS)]);
}

/**
 * Sets a new password with the secret of a mailed link, which works once, and ends every session of the account.
 * @throws Problem `link_invalid`, `overloaded`, `unavailable`
 */
export async function resetPassword(
  { accounts }: Checkout,
  c: Context,
  { token, password }: { token: string; password: string },
): Promise<void> {
  const { auth, proving } = accounts;
  await askAuth(c, proving, () =>
    auth.api.resetPassword({ body: { token, newPassword: password }, returnHeaders: true }),
  );
}
