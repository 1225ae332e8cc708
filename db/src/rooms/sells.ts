import type { Sql } from '../client.ts';

/**
 * SQL condition on a row of `rooms`: its reservations may buy. Admitted shoppers keep their turn while the room is
 * paused or drains. Nobody buys before a room opens, after it closed, or in a rehearsal.
 */
export const roomSells = (sql: Sql) => sql`
  (state in ('open', 'paused', 'draining') and not coalesce((settings->>'rehearsal')::boolean, false))`;
