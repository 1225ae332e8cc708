import type { Sql } from '../client.ts';
import type { ApiKey } from '../schema/gateway.ts';

export type ListedApiKey = Omit<ApiKey, 'hash'>;

/** All keys, including revoked ones, oldest first, without their hashes. */
export async function listApiKeys(sql: Sql): Promise<ListedApiKey[]> {
  return await sql<ListedApiKey[]>`
    select id, name, role, prefix, created_at, created_by, revoked_at, last_used_at
    from api_keys order by created_at, id`;
}
