import type { Sql } from '../client.ts';

/** From `at` on the key is no longer published. All tokens that it signed must have expired by then. */
export async function retireSigningKey(sql: Sql, { kid, at }: { kid: string; at: Date }): Promise<boolean> {
  const rows = await sql`
    update signing_keys set retired_at = ${at} where kid = ${kid} and retired_at is null returning kid`;
  return rows.length === 1;
}
