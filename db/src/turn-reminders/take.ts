import type { Sql } from '../client.ts';
import type { TurnMail } from '../schema/turn-reminders.ts';

/** The address and the link are null after sending; here they are always set. */
export type UnsentTurnMail = TurnMail & { address: string; resume_url: string };

/** An unsent mail, with this attempt counted; undefined when it was sent or has expired. */
export async function takeTurnMail(
  sql: Sql,
  { cause, now }: { cause: string; now: Date },
): Promise<UnsentTurnMail | undefined> {
  const [mail] = await sql<UnsentTurnMail[]>`
    update turn_mails set attempts = attempts + 1
    where cause = ${cause} and sent_at is null and expires_at > ${now}
    returning *`;
  return mail;
}
