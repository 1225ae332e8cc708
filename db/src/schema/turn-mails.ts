import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';

/**
 * The mails "your turn is near", one row for each cause, so that a repeated job, or a gateway that asks twice, finds it. A trigger
 * writes the job into the outbox, so the gateway needs no right to make jobs. Address and links go when the mail is sent.
 */
export const turnMails = pgTable('turn_mails', {
  cause: text().primaryKey(),
  address: text(),
  locale: text(),
  room_name: text().notNull(),
  /** It holds the ticket's secret. */
  resume_url: text(),
  stop_url: text(),
  /** Sent later, it would tell of a turn that is over. */
  expires_at: instant().notNull(),
  attempts: integer().notNull().default(0),
  created_at: createdAt(),
  sent_at: instant(),
});
export type TurnMail = typeof turnMails.$inferSelect;
