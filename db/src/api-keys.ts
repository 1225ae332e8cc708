import { type AuditEntry, auditChange } from './audit.ts';
import type { Sql } from './client.ts';
import type { ApiKey } from './schema/gateway.ts';

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

/** The key with this hash (SHA-256, hex), unless it was revoked. */
export async function findApiKeyByHash(sql: Sql, hash: string): Promise<ApiKey | undefined> {
  const [key] = await sql<ApiKey[]>`select * from api_keys where hash = ${hash} and revoked_at is null`;
  return key;
}

export type ListedApiKey = Omit<ApiKey, 'hash'>;

/** All keys, including revoked ones, oldest first, without their hashes. */
export async function listApiKeys(sql: Sql): Promise<ListedApiKey[]> {
  return await sql<ListedApiKey[]>`
    select id, name, role, prefix, created_at, created_by, revoked_at, last_used_at
    from api_keys order by created_at, id`;
}

/** Records when a key was last used, to the minute, so that a busy key does not cause a write per request. */
export async function markApiKeyUsed(sql: Sql, { id, now }: { id: string; now: Date }): Promise<void> {
  await sql`
    update api_keys set last_used_at = ${now}
    where id = ${id} and (last_used_at is null or last_used_at < ${now}::timestamptz - interval '1 minute')`;
}

/** @returns whether the key existed and was not revoked before */
export async function revokeApiKey(sql: Sql, id: string, entry: AuditEntry): Promise<boolean> {
  const rows = await sql`
    with changed as (
      update api_keys set revoked_at = ${entry.at} where id = ${id} and revoked_at is null returning id
    ), ${auditChange(sql, entry)}
    select id from changed`;
  return rows.length === 1;
}
