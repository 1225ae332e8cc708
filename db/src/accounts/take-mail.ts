import type { Sql } from '../client.ts';
import type { AccountMail } from '../schema/accounts.ts';

/**
 * An unsent mail, with this attempt counted; undefined when it was sent, has expired, or its account no longer exists.
 */
export async function takeAccountMail(
  sql: Sql,
  { id, now }: { id: string; now: Date },
): Promise<AccountMail | undefined> {
  const [mail] = await sql<AccountMail[]>`
    update account_mails set attempts = attempts + 1
    where id = ${id} and sent_at is null and expires_at > ${now}
    returning *`;
  return mail;
}
