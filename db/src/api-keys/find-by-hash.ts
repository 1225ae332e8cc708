import type { Sql } from '../client.ts';
import type { ApiKey } from '../schema/gateway.ts';

/** The key with this hash (SHA-256, hex), unless it was revoked. */
export async function findApiKeyByHash(sql: Sql, hash: string): Promise<ApiKey | undefined> {
  const [key] = await sql<ApiKey[]>`select * from api_keys where hash = ${hash} and revoked_at is null`;
  return key;
}
