import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUIDv7 } from 'node:crypto';
import type { Sql } from '@shopfast/db/client';
import type { DatabaseBulkhead } from '@shopfast/db/database-bulkhead';
import { queueAccountMail } from '@shopfast/db/mails';
import type { AccountMailTemplate } from '@shopfast/db/schema/values';
import type { Clock } from '@shopfast/kit/clock';
import { chooseLocale, LOCALES } from '@shopfast/kit/i18n/locale';
import { readerLanguages } from '@shopfast/kit/i18n/reader-languages';
import type { Context } from 'hono';

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

export const VERIFY_LINK_SECONDS = 24 * 3_600;
export const RESET_LINK_SECONDS = 3_600;

/** How long a mail is worth sending: the life of its link. */
const GOOD_FOR_SECONDS: Record<AccountMailTemplate, number> = {
  verify_email: VERIFY_LINK_SECONDS,
  reset_password: RESET_LINK_SECONDS,
  account_exists: VERIFY_LINK_SECONDS,
};

type MailDeps = { accounts: { sql: Sql; reading: DatabaseBulkhead }; clock: Clock };

/** Stores mails and their jobs before the request is answered, in the language of that request. */
export async function queueMails(
  { accounts, clock }: MailDeps,
  c: Context,
  mails: WantedMail[],
): Promise<void> {
  const { locale } = chooseLocale(readerLanguages(c), LOCALES);
  const now = clock.now();
  for (const { template, user, secret } of mails)
    await accounts.reading.run(() =>
      queueAccountMail(accounts.sql, {
        id: randomUUIDv7(),
        userId: user.id,
        template,
        address: user.email,
        secret,
        locale,
        expiresAt: new Date(now + GOOD_FOR_SECONDS[template] * 1_000),
        now: new Date(now),
      }),
    );
}
