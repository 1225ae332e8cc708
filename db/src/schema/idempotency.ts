import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Requests with an Idempotency-Key, and their answers; kept for a day. */
export const idempotentRequests = pgTable(
  'idempotent_requests',
  {
    /** The admin key of the request. */
    actor: uuid().notNull(),
    key: text().notNull(),
    /** SHA-256 over method, path and body. */
    request_hash: text().notNull(),
    created_at: instant().notNull(),
    /** While the request is running: the time from which another attempt may start. */
    locked_until: instant().notNull(),
    status: integer(),
    /** Encrypted, because an answer may contain a secret. */
    answer_encrypted: text(),
  },
  (t) => [primaryKey({ columns: [t.actor, t.key] })],
);
export type IdempotentRequest = typeof idempotentRequests.$inferSelect;
