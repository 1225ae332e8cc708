import type { TestProject } from 'vitest/node';
import { startStores } from '../stores/start.ts';

/**
 * Starts the stores that a project's test files need (`vitest.config.ts`): one Postgres and two Redis servers. They end
 * with the run, also when it fails or is interrupted.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const parts = project.getProvidedContext().stores;
  if (parts.length === 0) return async () => {};
  const stores = await startStores({ parts });
  const { databaseUrl, redisUrl, jobsRedisUrl }: Partial<typeof stores.urls> = stores.urls;
  if (databaseUrl) project.provide('databaseUrl', databaseUrl);
  if (redisUrl) project.provide('redisUrl', redisUrl);
  if (jobsRedisUrl) project.provide('jobsRedisUrl', jobsRedisUrl);
  return () => stores.stop();
}
