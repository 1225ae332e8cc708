import { aptInstall, canUseApt } from './apt.mjs';
import { findOnPath } from './on-path.mjs';
import { SetupError } from './say.mjs';

const WAYS_OUT = `The benchmarks need the load tool wrk. One of these gives it to you:
  Debian, Ubuntu   sudo apt-get install wrk
  Fedora           sudo dnf install wrk
  macOS            brew install wrk
Then run the same command again.`;

/** Sees to it that there is a wrk. */
export async function prepareWrk(env) {
  if (findWrk(env)) return {};
  if (!canUseApt(env)) throw new SetupError(WAYS_OUT);
  await aptInstall(env, { packages: ['wrk'], why: 'the benchmarks measure with it', advice: WAYS_OUT });
  if (!findWrk(env)) throw new SetupError(WAYS_OUT);
  return {};
}

const findWrk = (env) => findOnPath(['wrk'], env);
