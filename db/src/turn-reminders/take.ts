import type { Sql } from '../client.ts';
import type { TurnReminder } from '../schema/turn-reminders.ts';

/** The address and the link are null after sending; here they are always set. */
export type UnsentTurnReminder = TurnReminder & { address: string; resume_url: string };

/** An unsent mail, with this attempt counted; undefined when it was sent or has expired. */
export async function takeTurnReminder(
  sql: Sql,
  { cause, now }: { cause: string; now: Date },
): Promise<UnsentTurnReminder | undefined> {
  const [mail] = await sql<UnsentTurnReminder[]>`
    update turn_mails set attempts = attempts + 1
    where cause = ${cause} and sent_at is null and expires_at > ${now}
    returning *`;
  return mail;
}
