import type { Sql } from '@shopfast/db/client';
import type { DatabaseBulkhead } from '@shopfast/db/database-bulkhead';
import { type SoldOutQuery, soldOutPrecheck } from '@shopfast/db/orders/refusal';
import { createBatch } from '@shopfast/kit/batch';
import type { Clock } from '@shopfast/kit/clock';

/** Asks the database whether the requested items are sold out. `false` means: not known. */
export type SoldOutPrecheck = (query: SoldOutQuery) => Promise<boolean>;

/**
 * When a product is gone, thousands of orders for it come in the same second. One read-only statement answers all
 * requests that arrived while the previous one was running.
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
