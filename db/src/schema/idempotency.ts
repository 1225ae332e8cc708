import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Requests with an Idempotency-Key, and what they were answered; kept for a day. */
export const idempotentRequests = pgTable(
  'idempotent_requests',
  {
    /** The admin key that asked. */
    actor: uuid().notNull(),
    key: text().notNull(),
    /** SHA-256 over method, path and body. */
    request_hash: text().notNull(),
    created_at: instant().notNull(),
    /** While it is being answered: when somebody else may try. */
    locked_until: instant().notNull(),
    status: integer(),
    /** Encrypted, because an answer may show a secret. */
    answer_encrypted: text(),
  },
  (t) => [primaryKey({ columns: [t.actor, t.key] })],
);
export type IdempotentRequest = typeof idempotentRequests.$inferSelect;
