import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import postgres from 'postgres';
import type { Sql } from './client.ts';
import { MIGRATIONS_FOLDER, migrate } from './migrate.ts';
import { ensureServiceRoles, type ServiceName, serviceUrl } from './roles.ts';
import {
  openTestDatabasePool,
  returnTestDatabase,
  storeTemplateFingerprint,
  takeTestDatabase,
} from './test-database-pool.ts';

const TEMPLATE_LOCK = 7_201_002;

/**
 * An empty, migrated database: one from the pool, or a clone of a template that the first caller creates.
 * @param adminUrl any database of the server, as a user that may create databases
 */
export async function createTestDatabase(adminUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const template = `shopfast_template_${await migrationsHash()}`;
  const name = await connected(adminUrl, async (admin) => {
    await admin`select pg_advisory_lock(${TEMPLATE_LOCK})`;
    await openTestDatabasePool(admin);
    const [found] = await admin`select from pg_database where datname = ${template} and datistemplate`;
    if (!found) await makeTemplate(admin, adminUrl, template);
    const pooled = await takeTestDatabase(admin, template);
    if (pooled) return pooled;
    const made = newName();
    await admin`create database ${admin(made)} template ${admin(template)}`;
    return made;
  });
  const url = databaseUrl(adminUrl, name);
  return {
    url,
    drop: () =>
      connected(adminUrl, async (admin) => {
        const names = { old: name, next: newName(), template };
        const returning = connected(url, (database) => returnTestDatabase(admin, database, names));
        if (await returning.catch(() => false)) return;
        await admin`drop database if exists ${admin(name)} with (force)`;
      }),
  };
}

const newName = () => `shopfast_test_${randomUUID().replaceAll('-', '')}`;

/**
 * Creates the roles of the services for a test's database. Roles belong to the whole server, and test files run in
 * parallel. So all use one password, and a test that collides with another one tries again.
 * @returns the database URL for each service
 */
export async function openServiceRoles(databaseUrl: string): Promise<(service: ServiceName) => string> {
  const password = 'of-the-tests-only';
  await connected(databaseUrl, async (sql) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const passwords = { gateway: password, checkout: password, workers: password };
        // The same driver, without the types of our columns.
        return await ensureServiceRoles(sql as unknown as Sql, passwords);
      } catch (error) {
        if (attempt === 20 || !/concurrently|already exists|duplicate key/.test(String(error))) throw error;
      }
    }
  });
  return (service) => serviceUrl(databaseUrl, service, password);
}

/** The template flag is set last, so that an interrupted template is created again. */
async function makeTemplate(sql: postgres.Sql, adminUrl: string, template: string): Promise<void> {
  await sql`drop database if exists ${sql(template)} with (force)`;
  await sql`create database ${sql(template)}`;
  const url = databaseUrl(adminUrl, template);
  await migrate(url);
  await connected(url, (database) => storeTemplateFingerprint(sql, database, template));
  await sql`alter database ${sql(template)} with is_template true`;
}

async function migrationsHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(MIGRATIONS_FOLDER)).sort())
    if (file.endsWith('.sql')) hash.update(await readFile(`${MIGRATIONS_FOLDER}/${file}`));
  return hash.digest('hex').slice(0, 12);
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function connected<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
