import type postgres from 'postgres';

/**
 * Databases of tests that are done, emptied for the next test: making one costs Postgres some hundred files, wiping one
 * some milliseconds. They are kept in a table of the server's own database, for all processes of a test run.
 */
export async function openSpares(admin: postgres.Sql): Promise<void> {
  await admin`create table if not exists spare_databases (name text primary key, template text not null)`;
  await admin`create table if not exists template_databases (name text primary key, fingerprint text not null)`;
}

/** @returns the name of a database as good as a new clone of the template, which is the caller's from now on */
export async function takeSpare(admin: postgres.Sql, template: string): Promise<string | undefined> {
  const [spare] = await admin<{ name: string }[]>`
    delete from spare_databases where name = (
      select name from spare_databases where template = ${template} limit 1 for update skip locked)
    returning name`;
  return spare?.name;
}

/**
 * Gives a database back under a new name, so that whoever still holds the old one cannot come again.
 * @param database a connection to it
 * @returns false if it is not what the template was: then it is to be dropped
 * @throws what Postgres throws, also when somebody cannot be kept out of it
 */
export async function giveBack(
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

/** Keeps what a clone of the template must look like. */
export async function rememberTemplate(
  admin: postgres.Sql,
  database: postgres.Sql,
  name: string,
): Promise<void> {
  await admin`
    insert into template_databases (name, fingerprint) values (${name}, ${await fingerprint(database)})
    on conflict (name) do update set fingerprint = excluded.fingerprint`;
}

/** Ends everybody else's connections; deletes all rows, without triggers; counts from the beginning again. */
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

/** Everything of the schema that a test may have changed: tables, columns, rights, constraints, triggers, functions, settings. */
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
