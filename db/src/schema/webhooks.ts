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

export const WEBHOOK_EVENTS = [
  'room.opened',
  'room.sold_out',
  'room.rate_changed',
  'room.backlog',
  'room.closed',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Who wants to be told of what. */
export const webhooks = pgTable('webhooks', {
  id: uuid().primaryKey(),
  url: text().notNull(),
  events: text().array().notNull().$type<WebhookEvent[]>(),
  /** For `room.backlog`: told when so many wait. */
  backlog_threshold: integer(),
  /** Needed in clear for each signature, so encrypted and not hashed. */
  secret_encrypted: text().notNull(),
  created_at: createdAt(),
  created_by: text().notNull(),
});
export type Webhook = typeof webhooks.$inferSelect;

/** What is to be told, born in the statement that makes it true; one row for each webhook and cause. */
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
    /** Names the one thing that happened, whoever saw it. */
    cause: text().notNull(),
    data: jsonb().notNull().$type<Record<string, unknown>>(),
    created_at: instant().notNull(),
    attempts: integer().notNull().default(0),
    /** Also the end of the lease of whoever is sending it. */
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

/** Whether a room's backlog is above a webhook's threshold, and how often it has been. */
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
