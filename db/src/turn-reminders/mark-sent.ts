import type { Sql } from '../client.ts';

/** The mail server has taken the mail; nobody needs its address and links any more. */
export async function markTurnMailSent(
  sql: Sql,
  { cause, now }: { cause: string; now: Date },
): Promise<void> {
  await sql`
    update turn_mails set sent_at = ${now}, address = null, resume_url = null, stop_url = null
    where cause = ${cause}`;
}
