import type { Sql } from '../client.ts';

/** The user has proved that they can read mails to the account's address. */
export async function markEmailVerified(
  sql: Sql,
  { userId, now }: { userId: string; now: Date },
): Promise<void> {
  await sql`update users set email_verified = true, updated_at = ${now} where id = ${userId} and not email_verified`;
}
