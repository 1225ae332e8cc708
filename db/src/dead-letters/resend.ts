import type { Sql } from '../client.ts';

/**
 * Puts a dead letter into the outbox again, as a new job, once.
 * @returns whether it was there and not sent again before
 */
export async function resendDeadLetter(sql: Sql, { id, now }: { id: number; now: Date }): Promise<boolean> {
  const rows = await sql`
    with letter as (
      update dead_letters set resent_at = ${now} where id = ${id} and resent_at is null returning *
    )
    insert into outbox (queue, name, payload, created_at)
    select queue, name, payload, ${now} from letter
    returning id`;
  return rows.length === 1;
}
