import type { Sql } from '../client.ts';
import type { TurnMail } from '../schema/turn-reminders.ts';

export type NewTurnMail = Pick<
  TurnMail,
  'cause' | 'address' | 'locale' | 'room_name' | 'resume_url' | 'stop_url' | 'created_at' | 'expires_at'
> & {
  /** Without it, the turn is near. */
  kind?: TurnMail['kind'];
};

/** Writes mails down; a trigger adds the job of each in the same transaction. A cause that is known already changes nothing. */
export async function queueTurnMails(sql: Sql, mails: NewTurnMail[]): Promise<void> {
  if (mails.length > 0) await sql`insert into turn_mails ${sql(mails)} on conflict do nothing`;
}
