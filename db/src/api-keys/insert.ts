import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import type { ApiKey } from '../schema/gateway.ts';

export type NewApiKey = Pick<ApiKey, 'id' | 'name' | 'role' | 'hash' | 'prefix' | 'created_by'>;

/**
 * Stores a key by its hash, with an audit entry.
 * @returns undefined when this key is already stored, so that a key from the environment can be inserted at each start
 */
export async function insertApiKey(sql: Sql, key: NewApiKey, entry: AuditEntry): Promise<ApiKey | undefined> {
  const [created] = await sql<ApiKey[]>`
    with changed as (
      insert into api_keys (id, name, role, hash, prefix, created_by, created_at)
      values (${key.id}, ${key.name}, ${key.role}, ${key.hash}, ${key.prefix}, ${key.created_by}, ${entry.at})
      on conflict (hash) do nothing
      returning *
    ), ${auditChange(sql, entry)}
    select * from changed`;
  return created;
}
