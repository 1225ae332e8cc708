import type { Sql } from '@shopfast/db/client';
import { type SoldOutQuery, soldOutPrecheck } from '@shopfast/db/orders/sold-out-precheck';
import { createBatch } from '@shopfast/kit/batch';
import type { Clock } from '@shopfast/kit/clock';
import type { DatabaseBulkhead } from '../database-bulkhead.ts';

/** Whether the database, asked now, says that a wish is sold out; `false` says nothing. */
export type SoldOutPrecheck = (query: SoldOutQuery) => Promise<boolean>;

/**
 * When a product is gone, thousands ask for it in the same second. They are asked about together: one statement that writes
 * nothing, for all who came while the last one was under way.
 */
export function createSoldOutPrecheck(parts: {
  sql: Sql;
  clock: Clock;
  database: DatabaseBulkhead;
}): SoldOutPrecheck {
  const { sql, clock, database } = parts;
  const batch = createBatch<SoldOutQuery, boolean>((queries) =>
    database.run(() => soldOutPrecheck(sql, queries, new Date(clock.now()))),
  );
  return (query) => batch.ask(query);
}
