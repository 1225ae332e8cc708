import type { Sql } from '../client.ts';

/** The mail server has accepted the mail. Its secret is no longer needed and is deleted. */
export async function markAccountMailSent(sql: Sql, { id, now }: { id: string; now: Date }): Promise<void> {
  await sql`update account_mails set sent_at = ${now}, secret = null where id = ${id}`;
}
