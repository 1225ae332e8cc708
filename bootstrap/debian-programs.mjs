import { aptInstall, canUseApt } from './apt.mjs';
import { findOnPath } from './on-path.mjs';
import { SetupError } from './say.mjs';

/** Debian installs some programs in folders that are only in the superuser's PATH. */
const missingOf = ({ programs }, env) => {
  const wide = { ...env, PATH: `${env.PATH ?? ''}:/usr/sbin:/usr/local/sbin` };
  return programs.filter((name) => !findOnPath([name], wide));
};

/**
 * Makes programs of the operating system available for the tests; does not start them.
 * @param {{ programs: string[], reason: string, why: string }} wanted
 */
const preparing = (wanted) => async (env) => {
  const names = wanted.programs.join(' ');
  const advice = `${wanted.reason} Install it with one of these:
  Debian, Ubuntu   sudo apt-get install ${names}
  Fedora           sudo dnf install ${names}
  Alpine           apk add ${names}
  macOS            brew install ${names}
Then run the same command again.`;
  const missing = missingOf(wanted, env);
  if (missing.length === 0) return {};
  if (!canUseApt(env)) throw new SetupError(advice);
  await aptInstall(env, { packages: missing, why: wanted.why, advice });
  if (missingOf(wanted, env).length > 0) throw new SetupError(advice);
  return {};
};

export const preparePgbouncer = preparing({
  programs: ['pgbouncer'],
  reason: 'The tests run the services behind PgBouncer, which is not installed.',
  why: 'the tests run the services behind it',
});

export const prepareHaproxy = preparing({
  programs: ['haproxy'],
  reason: 'A test restarts gateways behind HAProxy, which is not installed.',
  why: 'a test restarts gateways behind it',
});

export const prepareCurl = preparing({
  programs: ['bash', 'curl'],
  reason: 'A test follows docs/first-drop.md with bash and curl, which are not both there.',
  why: 'a test follows docs/first-drop.md with it',
});
