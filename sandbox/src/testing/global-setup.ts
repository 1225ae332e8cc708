import type { TestProject } from 'vitest/node';
import { startCloud } from '../cloud/start.ts';

/** One Postgres and two Redis for the whole test run. They end with it, also when it fails or is interrupted. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cloud = await startCloud();
  project.provide('databaseUrl', cloud.urls.databaseUrl);
  project.provide('redisUrl', cloud.urls.redisUrl);
  project.provide('jobsRedisUrl', cloud.urls.jobsRedisUrl);
  return () => cloud.stop();
}
