import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './accounts.ts';
import { createdAt, instant } from './columns.ts';
import { orders } from './orders.ts';
import { ACCOUNT_MAILS } from './values.ts';

export const EMAIL_STATES = ['sending', 'sent'] as const;

/** Mails of orders, one row per cause, so that a repeated job sees that it was sent. Written when the job first runs. */
export const emails = pgTable('emails', {
  cause: text().primaryKey(),
  order_id: uuid()
    .notNull()
    .references(() => orders.id),
  template: text().notNull().$type<EmailTemplate>(),
  message_id: text().notNull(),
  state: text({ enum: EMAIL_STATES }).notNull().default('sending'),
  attempts: integer().notNull().default(1),
  sent_at: instant(),
});
export type Email = typeof emails.$inferSelect;

/**
 * Mails of accounts. The link's secret stays here, out of jobs, logs and dead letters. It is deleted when the mail is
 * sent.
 */
export const accountMails = pgTable(
  'account_mails',
  {
    id: uuid().primaryKey(),
    /** The mail is deleted with the account. */
    user_id: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    template: text({ enum: ACCOUNT_MAILS }).notNull(),
    address: text().notNull(),
    secret: text(),
    /** BCP 47; null: unknown. */
    locale: text(),
    /** After this time its link no longer works, so it is not sent. */
    expires_at: instant().notNull(),
    attempts: integer().notNull().default(0),
    created_at: createdAt(),
    sent_at: instant(),
  },
  (t) => [index('account_mails_by_user').on(t.user_id)],
);
export type AccountMail = typeof accountMails.$inferSelect;

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
