import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { rooms } from './gateway.ts';

/**
 * One sample of a room: what a gateway saw at the end of that second or minute. `joined`, `called` and `dropped` count
 * from `generation` (when Redis created the room). Rates are differences within one generation.
 */
const sample = () => ({
  room: text()
    .notNull()
    .references(() => rooms.id, { onDelete: 'cascade' }),
  at: instant().notNull(),
  /** Redis's clock at the sample, ms. */
  seen_ms: bigint({ mode: 'number' }).notNull(),
  generation: bigint({ mode: 'number' }).notNull(),
  waiting: integer().notNull(),
  active: integer().notNull(),
  serving: bigint({ mode: 'number' }).notNull(),
  issued: bigint({ mode: 'number' }).notNull(),
  joined: bigint({ mode: 'number' }).notNull(),
  called: bigint({ mode: 'number' }).notNull(),
  dropped: bigint({ mode: 'number' }).notNull(),
  remaining: integer(),
  held: integer(),
  sold: integer(),
});

/** One per second, kept for an hour. */
export const roomSeconds = pgTable('room_seconds', sample(), (t) => [
  primaryKey({ columns: [t.room, t.at] }),
  index('room_seconds_by_time').on(t.at),
]);

/** One per minute, kept for 30 days: the last second in it. */
export const roomMinutes = pgTable('room_minutes', sample(), (t) => [
  primaryKey({ columns: [t.room, t.at] }),
  index('room_minutes_by_time').on(t.at),
]);
export type RoomSample = typeof roomSeconds.$inferSelect;
