import { readEnv } from '@shopfast/kit/env';
import { z } from 'zod';
import type { PartName } from './protocol.ts';

const schema = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/name' })
    .optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must look like redis://host:6379' }).optional(),
  JOBS_REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must look like redis://host:6379' }).optional(),
});

/**
 * Servers that already run and must be used: these parts are not started. Without JOBS_REDIS_URL, jobs use REDIS_URL,
 * with their own key prefix.
 */
export function readGivenUrls(source?: NodeJS.ProcessEnv): Partial<Record<PartName, string>> {
  const env = readEnv(schema, source);
  const jobs = env.JOBS_REDIS_URL ?? env.REDIS_URL;
  return {
    ...(env.DATABASE_URL ? { postgres: env.DATABASE_URL } : {}),
    ...(env.REDIS_URL ? { waitroom: env.REDIS_URL } : {}),
    ...(jobs ? { jobs } : {}),
  };
}
