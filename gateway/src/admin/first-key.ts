import { randomUUID } from 'node:crypto';
import { insertApiKey } from '@shopfast/db/api-keys';
import type { Sql } from '@shopfast/db/client';
import { hashKey } from '@shopfast/kit/admin/authenticate';
import { auditEntry, ENVIRONMENT } from '@shopfast/kit/admin/author';

/** Registers the owner's key from the environment. A restart with the same key changes nothing. */
export async function ensureFirstKey(sql: Sql, key: string, nowMs: number): Promise<void> {
  const id = randomUUID();
  const name = 'first owner';
  await insertApiKey(
    sql,
    { id, name, role: 'owner', hash: hashKey(key), prefix: key.slice(0, 10), created_by: ENVIRONMENT.actor },
    auditEntry(ENVIRONMENT, nowMs, { action: 'key.create', target: id, after: { name, role: 'owner' } }),
  );
}
