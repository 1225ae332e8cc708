import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '@shopfast/kit/thrown';
import postgres from 'postgres';
import { onFreePort } from './free-port.ts';
import { LaunchError, type Launcher, type LaunchOptions, type Program } from './launcher.ts';
import { findPostgres, isOpenToAll } from './postgres-binaries.ts';

const USER = 'shopfast';
const DATABASE = 'shopfast';
/** A standby accepts only reads. */
const READY = /database system is ready to accept (?:read-only )?connections/;
const PORT_TAKEN = /Address already in use|could not create any TCP\/IP sockets/;
const OLD_ONE_STILL_DYING = /pre-existing shared memory block|lock file "postmaster.pid" already exists/;
const INITDB_TIMEOUT_MS = 60_000;
const START_TIMEOUT_MS = 30_000;

export type PostgresPart = {
  url: string;
  program: Program;
  /** Starts again on the same port with the same data, after the old process has ended. */
  again(): Promise<Program>;
  /** Frees the shared memory segment that a killed Postgres left outside its folder. */
  forget(): Promise<void>;
};

/**
 * Starts a private Postgres on a free port: durable (fsync on), at most 100 connections, pg_stat_statements loaded,
 * database and superuser `shopfast` with a random password.
 * @param isKept whether a later start uses the folder again, with the data and the password in it
 */
export async function startPostgres(
  launcher: Launcher,
  folder: string,
  { isKept }: { isKept: boolean },
): Promise<PostgresPart> {
  const binaries = await findPostgres(folder);
  if (isKept && binaries.uid !== undefined && !(await isOpenToAll(folder)))
    throw new Error(`You are root, so Postgres runs as another user, who cannot reach ${folder}.`);
  const dataFolder = join(folder, 'postgres');
  const known = isKept ? await passwordOf(folder, dataFolder) : undefined;
  const password = known ?? randomBytes(24).toString('hex');
  const runAs = { cwd: dataFolder, uid: binaries.uid, gid: binaries.gid, env: bareEnvironment() };

  if (!known) {
    await rm(dataFolder, { recursive: true, force: true }); // Left by an interrupted start.
    await initialise(launcher, binaries.initdb, { ...runAs, folder, dataFolder, password });
  }
  const run = (port: number) =>
    launcher.untilReady(
      { ...runAs, file: binaries.postgres, args: postgresArguments(port, dataFolder) },
      READY,
      START_TIMEOUT_MS,
    );

  const part = await onFreePort(
    async (port) => ({ program: await retryWhileOldOneDies(() => run(port)), port }),
    (error) => error instanceof LaunchError && PORT_TAKEN.test(error.output),
  );
  const url = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${part.port}/${database}`;
  await createDatabase(url('template1'));
  if (isKept) await writeFile(passwordFileOf(folder), password, { mode: 0o600 });
  return {
    url: url(DATABASE),
    program: part.program,
    again: () => retryWhileOldOneDies(() => run(part.port)),
    forget: () => removeSharedMemory(dataFolder),
  };
}

const passwordFileOf = (folder: string) => join(folder, 'postgres-password');

/** The password of existing data; undefined without complete data. Its file is written last. */
async function passwordOf(folder: string, dataFolder: string): Promise<string | undefined> {
  try {
    await access(join(dataFolder, 'PG_VERSION'));
    return await readFile(passwordFileOf(folder), 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

type InitialiseOptions = Omit<LaunchOptions, 'file' | 'args'> & {
  folder: string;
  dataFolder: string;
  password: string;
};

async function initialise(launcher: Launcher, initdb: string, options: InitialiseOptions): Promise<void> {
  const { folder, dataFolder, password, ...runAs } = options;
  const passwordFile = join(folder, 'initdb-password');
  await mkdir(dataFolder, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (runAs.uid !== undefined && runAs.gid !== undefined) {
    await chown(dataFolder, runAs.uid, runAs.gid);
    await chown(passwordFile, runAs.uid, runAs.gid);
  }
  const args = [
    ...['--pgdata', dataFolder, '--username', USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    // The same collation and encoding on every machine.
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...['--no-sync', '--no-instructions'],
  ];
  await launcher.untilDone({ ...runAs, file: initdb, args }, INITDB_TIMEOUT_MS);
  await rm(passwordFile);
}

function postgresArguments(port: number, dataFolder: string): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    // No socket file: in the temporary folders of some systems its path would be too long.
    unix_socket_directories: '',
    max_connections: 100,
    shared_preload_libraries: 'pg_stat_statements',
    fsync: 'on',
    synchronous_commit: 'on',
    // In the data folder, so that a killed Postgres leaves nothing in /dev/shm.
    dynamic_shared_memory_type: 'mmap',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataFolder, '-p', String(port), ...flags];
}

/** In template1 first, so that later databases have the statistics too. */
async function createDatabase(templateUrl: string): Promise<void> {
  const sql = postgres(templateUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  await sql`create extension if not exists pg_stat_statements`;
  await sql.end({ timeout: 5 });
  const admin = postgres(templateUrl.replace(/template1$/, 'postgres'), { max: 1, connect_timeout: 10 });
  const [found] = await admin`select from pg_database where datname = ${DATABASE}`;
  if (!found) await admin`create database ${admin(DATABASE)}`;
  await admin.end({ timeout: 5 });
}

/** The backends of a killed Postgres end a moment after it; until then a new one refuses to start. */
async function retryWhileOldOneDies(run: () => Promise<Program>): Promise<Program> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const oldOne = error instanceof LaunchError && OLD_ONE_STILL_DYING.test(error.output);
      if (!oldOne || Date.now() > deadline) throw error;
    }
  }
}

async function removeSharedMemory(dataFolder: string): Promise<void> {
  // Line 7 of the lock file has key and id of the segment. Postgres removes both at a normal end.
  const lockFile = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const id = lockFile.split('\n')[6]?.trim().split(/\s+/)[1];
  if (id && /^\d+$/.test(id)) await new Promise((done) => execFile('ipcrm', ['-m', id], done));
}

/** Without the user's PG… variables, which would change the behaviour of Postgres and initdb. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, LD_LIBRARY_PATH } = process.env;
  return Object.fromEntries(
    Object.entries({ PATH, TMPDIR, LD_LIBRARY_PATH, LC_ALL: 'C', TZ: 'UTC' }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}
