import type postgres from 'postgres';

/**
 * Used test databases, emptied for the next test. Creating a database writes some hundred files; emptying one takes a
 * few milliseconds. A table in the server's own database lists them, for all processes of a test run.
 */
export async function openTestDatabasePool(admin: postgres.Sql): Promise<void> {
  await admin`create table if not exists spare_databases (name text primary key, template text not null)`;
  await admin`create table if not exists template_databases (name text primary key, fingerprint text not null)`;
}

/** @returns the name of a database that equals a new clone of the template; it now belongs to the caller */
export async function takeTestDatabase(admin: postgres.Sql, template: string): Promise<string | undefined> {
  const [pooled] = await admin<{ name: string }[]>`
    delete from spare_databases where name = (
      select name from spare_databases where template = ${template} limit 1 for update skip locked)
    returning name`;
  return pooled?.name;
}

/**
 * Returns a database to the pool under a new name, so that clients with the old name cannot reconnect.
 * @param database a connection to it
 * @returns false if it no longer matches the template; then drop it
 * @throws Postgres errors, also when other clients cannot be disconnected
 */
export async function returnTestDatabase(
  admin: postgres.Sql,
  database: postgres.Sql,
  names: { old: string; next: string; template: string },
): Promise<boolean> {
  const { old, next, template } = names;
  await wipe(database);
  const [made] = await admin<{ fingerprint: string }[]>`
    select fingerprint from template_databases where name = ${template}`;
  if (made?.fingerprint !== (await fingerprint(database))) return false;
  await database.end();
  await admin`alter database ${admin(old)} rename to ${admin(next)}`;
  await admin`insert into spare_databases (name, template) values (${next}, ${template})`;
  return true;
}

/** Stores what a clone of the template must look like. */
export async function storeTemplateFingerprint(
  admin: postgres.Sql,
  database: postgres.Sql,
  name: string,
): Promise<void> {
  await admin`
    insert into template_databases (name, fingerprint) values (${name}, ${await fingerprint(database)})
    on conflict (name) do update set fingerprint = excluded.fingerprint`;
}

/** Ends all other connections, deletes all rows without triggers, and restarts all sequences. */
async function wipe(database: postgres.Sql): Promise<void> {
  await database.unsafe(`
    set statement_timeout = '5s';
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid();
    set session_replication_role = replica;
    do $$
    declare one record;
    begin
      for one in select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public' loop
        execute 'delete from ' || one.name;
      end loop;
      for one in select format('%I.%I', schemaname, sequencename)::regclass as name, start_value from pg_sequences
        where schemaname = 'public' and last_value is not null loop
        perform setval(one.name, one.start_value, false);
      end loop;
    end $$;
    select pg_stat_statements_reset(0, (select oid from pg_database where datname = current_database()), 0);
  `);
}

/**
 * Everything of the schema that a test may change: tables, columns, rights, constraints, triggers, functions, settings.
 */
async function fingerprint(database: postgres.Sql): Promise<string> {
  const [row] = await database<{ fingerprint: string }[]>`
    select md5(string_agg(part, '|' order by part)) as fingerprint from (
      select concat_ws(' ', 'class', oid::regclass, relkind, relacl, reloptions) from pg_class
        where relnamespace = 'public'::regnamespace
      union all
      select concat_ws(' ', 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attacl)
        from pg_attribute join pg_class c on c.oid = attrelid
        where relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped
      union all
      select concat_ws(' ', 'default', adrelid::regclass, adnum, pg_get_expr(adbin, adrelid)) from pg_attrdef
      union all
      select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
        where connamespace = 'public'::regnamespace
      union all
      select concat_ws(' ', 'trigger', tgrelid::regclass, tgname, tgenabled) from pg_trigger where not tgisinternal
      union all
      select concat_ws(' ', 'function', proname, md5(prosrc), proacl) from pg_proc
        where pronamespace = 'public'::regnamespace
      union all
      select concat_ws(' ', 'setting', setrole, setconfig) from pg_db_role_setting
        where setdatabase = (select oid from pg_database where datname = current_database())
      union all
      select concat_ws(' ', 'migrations', count(*)) from drizzle.__drizzle_migrations
    ) as schema (part)`;
  return row?.fingerprint ?? '';
}
