import { AsyncLocalStorage } from 'node:async_hooks';
import type { AccountMailTemplate } from '@shopfast/db/schema/accounts';

/** A mail that better-auth wants sent. */
export type WantedMail = {
  template: AccountMailTemplate;
  user: { id: string; email: string };
  secret: string | null;
};

const wanted = new AsyncLocalStorage<WantedMail[]>();

/** Told by better-auth's callbacks. */
export function wantMail(mail: WantedMail): void {
  wanted.getStore()?.push(mail);
}

/**
 * Runs a call of better-auth and collects the mails that it wants sent: better-auth would swallow the failure of a
 * callback, so they are written down afterwards, where a failure is the request's.
 */
export const collectMails = <T>(mails: WantedMail[], work: () => Promise<T>): Promise<T> =>
  wanted.run(mails, work);
