import { AsyncLocalStorage } from 'node:async_hooks';
import type { AccountMailTemplate } from '@shopfast/db/schema/values';

/** A mail that better-auth asks us to send. */
export type WantedMail = {
  template: AccountMailTemplate;
  user: { id: string; email: string };
  secret: string | null;
};

const wanted = new AsyncLocalStorage<WantedMail[]>();

/** Called by better-auth's callbacks. */
export function wantMail(mail: WantedMail): void {
  wanted.getStore()?.push(mail);
}

/**
 * Runs a call of better-auth and collects the mails that it wants to send. They are stored afterwards, because
 * better-auth swallows errors of its callbacks; this way an error fails the request.
 */
export const collectMails = <T>(mails: WantedMail[], work: () => Promise<T>): Promise<T> =>
  wanted.run(mails, work);
