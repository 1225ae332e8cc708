import type { Sql } from '../client.ts';

/**
 * Condition on a row of `rooms`: its reservations may buy. Who was admitted keeps the turn while calls pause, and while the
 * room drains; nobody buys before a room opens, after it closed, or in a rehearsal.
 */
export const roomSells = (sql: Sql) => sql`
  (state in ('open', 'paused', 'draining') and not coalesce((settings->>'rehearsal')::boolean, false))`;
