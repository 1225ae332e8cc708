import type { Sql } from '../client.ts';
import type { TurnReminder } from '../schema/turn-reminders.ts';

export type NewTurnReminder = Pick<
  TurnReminder,
  'cause' | 'address' | 'locale' | 'room_name' | 'resume_url' | 'stop_url' | 'created_at' | 'expires_at'
> & {
  /** Default: `turn_near`. */
  kind?: TurnReminder['kind'];
};

/** Stores mails. A trigger adds the job of each in the same transaction. A known cause changes nothing. */
export async function queueTurnReminders(sql: Sql, mails: NewTurnReminder[]): Promise<void> {
  if (mails.length > 0) await sql`insert into turn_mails ${sql(mails)} on conflict do nothing`;
}
