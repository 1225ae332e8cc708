import { inject } from 'vitest';

/** The servers of the test run, for {@link openTestShop}. */
export const servers = () => ({
  databaseUrl: inject('databaseUrl'),
  redisUrl: inject('redisUrl'),
  jobsRedisUrl: inject('jobsRedisUrl'),
});

/** For `vi.waitFor`: how long a guarantee may take to come true on a busy machine. */
export const SOON = { timeout: 15_000, interval: 50 };
