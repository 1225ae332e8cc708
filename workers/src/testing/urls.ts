import { inject } from 'vitest';

/** The servers of the test run, for {@link openTestShop}. */
export const servers = () => ({
  databaseUrl: inject('databaseUrl'),
  redisUrl: inject('redisUrl'),
  jobsRedisUrl: inject('jobsRedisUrl'),
});

/** For `vi.waitFor`: the time that a guarantee may need on a busy machine. */
export const SOON = { timeout: 15_000, interval: 50 };
