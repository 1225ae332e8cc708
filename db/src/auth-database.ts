import { drizzle } from 'drizzle-orm/postgres-js';
import type { Sql } from './client.ts';
import { credentials, sessions, users, verifications } from './schema/accounts.ts';

export const AUTH_TABLES = { users, sessions, credentials, verifications };

/**
 * The tables of better-auth as drizzle sees them.
 * @param sql a pool that nothing else uses: drizzle changes how the pool parses times
 */
export const authDatabase = (sql: Sql) => drizzle(sql, { schema: AUTH_TABLES });
