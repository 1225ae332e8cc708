import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { findOnPath } from './on-path.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { runQuietly } from './quietly.mjs';
import { SetupError, say } from './say.mjs';

const POLICY = '/usr/sbin/policy-rc.d';
const OUR_POLICY = '#!/bin/sh\n# Only while ShopFast installs a package: no service is started.\nexit 101\n';

/** Whether we can install Debian packages here: as root, with apt. */
export function canUseApt(env) {
  return process.getuid?.() === 0 && findOnPath(['apt-get'], env) !== undefined;
}

/**
 * Installs Debian packages without questions, and without starting their services.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ packages: string[], why: string, advice: string }} options
 */
export async function aptInstall(env, { packages, why, advice }) {
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive', DEBCONF_NONINTERACTIVE_SEEN: 'true' };
  const install = ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', ...packages];
  const title = `apt-get install ${packages.join(' ')}`;
  say(`Installing ${packages.join(', ')} with apt-get: ${why}.`);
  await oneAtATime(() =>
    withoutServices(async () => {
      await runQuietly('apt-get', ['-o', 'DPkg::Lock::Timeout=120', 'update'], {
        title: 'apt-get update',
        advice,
        env: quiet,
      }).catch((error) => {
        if (!(error instanceof SetupError)) throw error;
        say('The package lists could not be updated; trying with the existing ones.');
      });
      await runQuietly('apt-get', install, { title, advice, env: quiet });
    }),
  );
}

/** Debian asks policy-rc.d before it starts a service. An existing one is left alone. */
async function withoutServices(work) {
  if (existsSync(POLICY) && readFileSync(POLICY, 'utf8') !== OUR_POLICY) return work();
  const remove = () => rmSync(POLICY, { force: true });
  writeFileSync(POLICY, OUR_POLICY, { mode: 0o755 });
  process.once('exit', remove);
  try {
    return await work();
  } finally {
    process.off('exit', remove);
    remove();
  }
}
