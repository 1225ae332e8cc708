import { aptInstall, canUseApt } from './apt.mjs';
import { findOnPath } from './on-path.mjs';
import { SetupError } from './say.mjs';

const WAYS_OUT = `Redis is needed but not installed. Get it with one of these:
  Debian, Ubuntu   sudo apt-get install redis-server
  Fedora, RHEL     sudo dnf install valkey
  Alpine           apk add valkey
  macOS            brew install redis
  Docker           docker run -d --rm -p 127.0.0.1:6379:6379 redis:7 redis-server --maxmemory-policy noeviction
                   and then set REDIS_URL=redis://127.0.0.1:6379
Then run the same command again. A server of your own is used when REDIS_URL names it.`;

/** Makes Redis available: the one of REDIS_URL, one on the PATH, or one from the system's packages. */
export async function prepareRedis(env) {
  if (env.REDIS_URL || findRedis(env)) return {};
  if (!canUseApt(env)) throw new SetupError(WAYS_OUT);
  await aptInstall(env, {
    packages: ['redis-server'],
    why: 'the waiting room and the job queues use Redis; each run starts a private one, not a service',
    advice: WAYS_OUT,
  });
  if (!findRedis(env)) throw new SetupError(WAYS_OUT);
  return {};
}

const findRedis = (env) => findOnPath(['redis-server', 'valkey-server'], env);
