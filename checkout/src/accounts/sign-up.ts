import type { Context } from 'hono';
import type { Checkout } from '../deps.ts';
import { askAuth } from './ask-auth.ts';
import { collectMails, type WantedMail } from './outgoing-mails.ts';
import { queueMails } from './send-mails.ts';

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
