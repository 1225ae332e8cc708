import type { TestProject } from 'vitest/node';
import { startCloud } from '../cloud/start.ts';

/**
 * One Postgres and two Redis for a project's test files, as far as they ask for them (`vitest.config.ts`). They end with the
 * run, also when it fails or is interrupted.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const parts = project.getProvidedContext().stores;
  if (parts.length === 0) return async () => {};
  const cloud = await startCloud({ parts });
  const { databaseUrl, redisUrl, jobsRedisUrl }: Partial<typeof cloud.urls> = cloud.urls;
  if (databaseUrl) project.provide('databaseUrl', databaseUrl);
  if (redisUrl) project.provide('redisUrl', redisUrl);
  if (jobsRedisUrl) project.provide('jobsRedisUrl', jobsRedisUrl);
  return () => cloud.stop();
}
