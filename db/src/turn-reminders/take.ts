import type { Sql } from '../client.ts';
import type { TurnMail } from '../schema/turn-reminders.ts';

/** What is left of the links and the address is null once the mail was sent; here it is all there. */
export type UnsentTurnMail = TurnMail & { address: string; resume_url: string };

/** A mail that is still to be sent, with its attempt counted; undefined when it was sent or its time is over. */
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
