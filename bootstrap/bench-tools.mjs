import { aptInstall, canUseApt } from './apt.mjs';
import { findOnPath } from './on-path.mjs';
import { SetupError } from './say.mjs';

const WAYS_OUT = `The benchmarks need the load tools wrk and pgbench. Install them with one of these:
  Debian, Ubuntu   sudo apt-get install wrk postgresql-contrib
  Fedora           sudo dnf install wrk postgresql-contrib
  macOS            brew install wrk postgresql
Then run the same command again.`;

/** Makes wrk and pgbench available. Debian's pgbench comes with the server, which is not started. */
export async function prepareBenchTools(env) {
  const packages = missing(env);
  if (packages.length === 0) return {};
  if (!canUseApt(env)) throw new SetupError(WAYS_OUT);
  await aptInstall(env, { packages, why: 'the benchmarks need it', advice: WAYS_OUT });
  if (missing(env).length > 0) throw new SetupError(WAYS_OUT);
  return {};
}

const missing = (env) => [
  ...(findOnPath(['wrk'], env) ? [] : ['wrk']),
  ...(findOnPath(['pgbench'], env) ? [] : ['postgresql-contrib']),
];
