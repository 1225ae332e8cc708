import type { Sql } from '../client.ts';

/** The user has shown to read the mails of the account's address. */
export async function markEmailVerified(
  sql: Sql,
  { userId, now }: { userId: string; now: Date },
): Promise<void> {
  await sql`update users set email_verified = true, updated_at = ${now} where id = ${userId} and not email_verified`;
}
