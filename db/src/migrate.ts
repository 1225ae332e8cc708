import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from '@shopfast/bootstrap/command-line';
import { databaseMigrate } from '@shopfast/bootstrap/commands/database';
import postgres from 'postgres';
import { runCommand } from './command.ts';
import { databaseEnv } from './env.ts';
import { sqlState } from './postgres-error.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));

/** Any fixed number: the advisory lock of a running migration. */
const MIGRATION_LOCK = 7_201_001;

/**
 * A statement that waits for a table lock blocks all later statements. So a migration stops waiting early, lets the
 * others pass, and retries as a whole (it is one transaction).
 */
const LOCK_WAIT_MS = 500;
const TRIES = 60;
const PAUSE_MS = 1_000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Migrates the database while the shop is open. Safe to call from several processes at once: the others wait, then find
 * it done. Needs a direct connection to Postgres, not a pooler in transaction mode.
 * @throws when a table stayed locked through all tries; then nothing has changed
 */
export async function migrate(url: string, folder = MIGRATIONS_FOLDER): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'migrate' } });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await sql`select set_config('lock_timeout', ${String(LOCK_WAIT_MS)}, false)`;
    await applyPatiently(sql, folder);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function applyPatiently(sql: postgres.Sql, folder: string): Promise<void> {
  // Loaded only when something is migrated: drizzle takes about a second of processor time.
  const { drizzle } = await import('drizzle-orm/postgres-js');
  const { migrate: applyMigrations } = await import('drizzle-orm/postgres-js/migrator');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await applyMigrations(drizzle(sql), { migrationsFolder: folder });
    } catch (error) {
      if (attempt === TRIES || sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
      await wait(PAUSE_MS);
    }
  }
}

if (import.meta.main)
  await runCommand(databaseMigrate, async () => {
    readCommandLine(databaseMigrate, process.argv.slice(2));
    await migrate(databaseEnv().DATABASE_URL);
    console.log('The database is up to date.');
  });
