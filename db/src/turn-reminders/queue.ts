import type { Sql } from '../client.ts';
import type { TurnMail } from '../schema/turn-reminders.ts';

export type NewTurnMail = Pick<
  TurnMail,
  'cause' | 'address' | 'locale' | 'room_name' | 'resume_url' | 'stop_url' | 'created_at' | 'expires_at'
> & {
  /** Default: `turn_near`. */
  kind?: TurnMail['kind'];
};

/** Stores mails. A trigger adds the job of each in the same transaction. A known cause changes nothing. */
export async function queueTurnMails(sql: Sql, mails: NewTurnMail[]): Promise<void> {
  if (mails.length > 0) await sql`insert into turn_mails ${sql(mails)} on conflict do nothing`;
}
