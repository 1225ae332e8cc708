import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';

/** What such a mail is about: the turn, or a second join with one address. */
export const TURN_MAILS = ['turn_near', 'place_joined'] as const;

/**
 * The mails of the waiting room, one row for each cause, so that a repeated job, or a gateway that asks twice, finds it. A trigger
 * writes the job into the outbox, so the gateway needs no right to make jobs. Address and links go when the mail is sent.
 */
export const turnMails = pgTable('turn_mails', {
  cause: text().primaryKey(),
  kind: text({ enum: TURN_MAILS }).notNull().default('turn_near'),
  address: text(),
  locale: text(),
  room_name: text().notNull(),
  /** It holds the ticket's secret, or a proof of the mailbox. */
  resume_url: text(),
  /** Null for a mail that needs none: few are sent, and nobody asked for them to go on. */
  stop_url: text(),
  /** Sent later, it would tell of a turn that is over. */
  expires_at: instant().notNull(),
  attempts: integer().notNull().default(0),
  created_at: createdAt(),
  sent_at: instant(),
});
export type TurnMail = typeof turnMails.$inferSelect;
