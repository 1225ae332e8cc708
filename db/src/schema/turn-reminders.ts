import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';

/** Kinds of these mails: the turn is near, or the same address joined a second time. */
export const TURN_REMINDER_KINDS = ['turn_near', 'place_joined'] as const;

/**
 * The mails of the waiting room, one row per cause, so that a repeated job, or a second request of a gateway, finds it.
 * A trigger writes the job to the outbox, so the gateway needs no right to create jobs. Address and links are deleted
 * after sending.
 */
export const turnReminders = pgTable('turn_mails', {
  cause: text().primaryKey(),
  kind: text({ enum: TURN_REMINDER_KINDS }).notNull().default('turn_near'),
  address: text(),
  locale: text(),
  room_name: text().notNull(),
  /** Contains the ticket's secret, or a proof of the mailbox. */
  resume_url: text(),
  /** Null for a mail that needs none: only few of its kind are sent, and no subscription exists. */
  stop_url: text(),
  /** After this time the turn is over, so the mail is not sent. */
  expires_at: instant().notNull(),
  attempts: integer().notNull().default(0),
  created_at: createdAt(),
  sent_at: instant(),
});
export type TurnReminder = typeof turnReminders.$inferSelect;
