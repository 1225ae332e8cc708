import type { Sql } from '../client.ts';

/** The mail server has accepted the mail. Its address and links are no longer needed and are deleted. */
export async function markTurnReminderSent(
  sql: Sql,
  { cause, now }: { cause: string; now: Date },
): Promise<void> {
  await sql`
    update turn_mails set sent_at = ${now}, address = null, resume_url = null, stop_url = null
    where cause = ${cause}`;
}
