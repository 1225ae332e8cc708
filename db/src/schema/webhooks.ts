import type { WebhookEvent } from '@shopfast/kit/contracts/limits';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';
import { rooms } from './gateway.ts';

/** Subscriptions: the URL of a webhook and its events. */
export const webhooks = pgTable('webhooks', {
  id: uuid().primaryKey(),
  url: text().notNull(),
  events: text().array().notNull().$type<WebhookEvent[]>(),
  /** For `room.backlog`: the number of waiting tickets that triggers it. */
  backlog_threshold: integer(),
  /** Encrypted and not hashed, because each signature needs the plain secret. */
  secret_encrypted: text().notNull(),
  created_at: createdAt(),
  created_by: text().notNull(),
});
export type Webhook = typeof webhooks.$inferSelect;

/** Events to deliver, written in the statement that causes them; one row for each webhook and cause. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    webhook_id: uuid()
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    room: text()
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    event: text().notNull().$type<WebhookEvent>(),
    /** Identifies the event, whichever process saw it. */
    cause: text().notNull(),
    data: jsonb().notNull().$type<Record<string, unknown>>(),
    created_at: instant().notNull(),
    attempts: integer().notNull().default(0),
    /** Also the end of the current sender's lease. */
    next_attempt_at: instant().notNull(),
    last_error: text(),
    delivered_at: instant(),
    failed_at: instant(),
  },
  (t) => [
    unique('webhook_deliveries_once').on(t.webhook_id, t.cause),
    index('webhook_deliveries_due')
      .on(t.next_attempt_at)
      .where(sql`${t.delivered_at} is null and ${t.failed_at} is null`),
  ],
);
export type WebhookDelivery = typeof webhookDeliveries.$inferSelect;

/** Whether a room's backlog is above a webhook's threshold, and how often it rose above it. */
export const webhookBacklogs = pgTable(
  'webhook_backlogs',
  {
    webhook_id: uuid()
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    room: text()
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    is_over: boolean().notNull(),
    episodes: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.webhook_id, t.room] })],
);
