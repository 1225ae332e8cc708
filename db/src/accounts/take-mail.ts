import type { Sql } from '../client.ts';
import type { AccountMail } from '../schema/accounts.ts';

/** A mail that is still to be sent, with its attempt counted; undefined when it was sent, ran out, or its account is gone. */
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
