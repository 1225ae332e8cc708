import type { Context } from 'hono';
import type { Checkout } from '../deps.ts';
import { askAuth } from './ask-auth.ts';
import { collectMails, type WantedMail } from './outgoing-mails.ts';
import { queueMails } from './send-mails.ts';

/**
 * Opens an account, or tells the mailbox that there is one; the caller cannot tell which. Nobody is signed in by it.
 * @param mayMail false: the mailbox was sent enough just before
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
