import type { Sql } from '@shopfast/db/client';
import { surelySoldOut, type Wish } from '@shopfast/db/orders/surely-sold-out';
import { createBatch } from '@shopfast/kit/batch';
import type { Clock } from '@shopfast/kit/clock';
import type { DatabaseTurn } from '../database-turn.ts';

/** Whether the database, asked now, says that a wish is sold out; `false` says nothing. */
export type SoldOutDesk = (wish: Wish) => Promise<boolean>;

/**
 * When a product is gone, thousands ask for it in the same second. They are asked about together: one statement that writes
 * nothing, for all who came while the last one was under way.
 */
export function createSoldOutDesk(parts: { sql: Sql; clock: Clock; database: DatabaseTurn }): SoldOutDesk {
  const { sql, clock, database } = parts;
  const batch = createBatch<Wish, boolean>((wishes) =>
    database.run(() => surelySoldOut(sql, wishes, new Date(clock.now()))),
  );
  return (wish) => batch.ask(wish);
}
