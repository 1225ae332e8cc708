import type { TestProject } from 'vitest/node';
import { startStores } from '../stores/start.ts';

/**
 * One Postgres and two Redis for a project's test files, as far as they ask for them (`vitest.config.ts`). They end with the
 * run, also when it fails or is interrupted.
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
