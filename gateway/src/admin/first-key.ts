import { insertApiKeyOnce } from '@shopfast/db/api-keys/insert-once';
import type { Sql } from '@shopfast/db/client';
import { hashKey } from './authenticate.ts';

/** Makes the owner's key of the environment known; started again with the same key, it changes nothing. */
export async function ensureFirstKey(sql: Sql, key: string): Promise<void> {
  await insertApiKeyOnce(sql, {
    name: 'first owner',
    role: 'owner',
    hash: hashKey(key),
    prefix: key.slice(0, 10),
  });
}
