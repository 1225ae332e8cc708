import type { Sql } from '../client.ts';
import type { SigningKey } from '../schema/gateway.ts';

/** The keys that are not retired at `now`, oldest first. The newest with `signs_from` in the past signs. */
export async function listSigningKeys(sql: Sql, now: Date): Promise<SigningKey[]> {
  return await sql<SigningKey[]>`
    select * from signing_keys where retired_at is null or retired_at > ${now} order by signs_from, kid`;
}
