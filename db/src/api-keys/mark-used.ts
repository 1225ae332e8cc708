import type { Sql } from '../client.ts';

/** Records when a key was last used, to the minute, so that a busy key does not cause a write per request. */
export async function markApiKeyUsed(sql: Sql, { id, now }: { id: string; now: Date }): Promise<void> {
  await sql`
    update api_keys set last_used_at = ${now}
    where id = ${id} and (last_used_at is null or last_used_at < ${now}::timestamptz - interval '1 minute')`;
}
