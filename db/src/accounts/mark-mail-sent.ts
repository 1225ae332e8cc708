import type { Sql } from '../client.ts';

/** The mail server has taken the mail; nobody needs its secret any more. */
export async function markAccountMailSent(sql: Sql, { id, now }: { id: string; now: Date }): Promise<void> {
  await sql`update account_mails set sent_at = ${now}, secret = null where id = ${id}`;
}
