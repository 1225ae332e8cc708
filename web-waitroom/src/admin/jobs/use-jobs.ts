import type { JobFigures } from '@shopfast/kit/contracts/background-jobs';
import { useOperator } from '../app-context.tsx';
import { type Asked, useAsked } from '../use-query.ts';

const ASK_MS = 3_000;

/** The figures of background work. All components share one request. */
export function useJobs(): Asked<JobFigures> {
  const { calls } = useOperator();
  return useAsked(['jobs'], calls.jobs, ASK_MS);
}
