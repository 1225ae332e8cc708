import { aptInstall, canUseApt } from './apt.mjs';
import { findOnPath } from './on-path.mjs';
import { SetupError } from './say.mjs';

const WAYS_OUT = `The tests run the services behind PgBouncer, which is not installed. Install it with one of these:
  Debian, Ubuntu   sudo apt-get install pgbouncer
  Fedora           sudo dnf install pgbouncer
  macOS            brew install pgbouncer
Then run the same command again.`;

/** Makes PgBouncer available for the tests; does not start it. */
export async function preparePgbouncer(env) {
  if (findPgbouncer(env)) return {};
  if (!canUseApt(env)) throw new SetupError(WAYS_OUT);
  await aptInstall(env, {
    packages: ['pgbouncer'],
    why: 'the tests run the services behind it',
    advice: WAYS_OUT,
  });
  if (!findPgbouncer(env)) throw new SetupError(WAYS_OUT);
  return {};
}

/** Debian installs it in a folder that is only in the superuser's PATH. */
const findPgbouncer = (env) =>
  findOnPath(['pgbouncer'], { ...env, PATH: `${env.PATH ?? ''}:/usr/sbin:/usr/local/sbin` });
