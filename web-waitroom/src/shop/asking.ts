import { keepPreviousData, type QueryKey, type QueryObserverOptions } from '@tanstack/react-query';
import { failureOf, isFinal, Refused } from '../api/answered.ts';
import type { Answer } from '../api/ask.ts';
import { backoff } from '../api/backoff.ts';

/** A good answer in the cache's form. */
export type Answered<T> = Extract<Answer<T>, { kind: 'ok' }>;
/** Delay before the next request, in ms; null stops. */
export type PauseMs<T> = (body: T, asked: number) => number | null;

/** Within this time parts of a page, or two pages in a row, share one answer. */
const FRESH_MS = 1_000;

/**
 * Query options for TanStack Query. After a temporary failure it asks again with growing delays, as long as the
 * component is shown. Regular refreshes wait at least as long as the server asked for.
 * @param name the cache key
 */
export function asking<T>(
  name: QueryKey,
  question: () => Promise<Answer<T>>,
  pauseMs: PauseMs<T>,
): QueryObserverOptions<Answered<T>> {
  return {
    queryKey: name,
    queryFn: () => goodOf(question()),
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
    retry: (_failures, error) => !isFinal(failureOf(error)),
    retryDelay: (failures, error) => backoff(failures + 1, askedToWait(error), Math.random()),
    refetchInterval: ({ state: { data, dataUpdateCount, status } }) => {
      if (!data || status === 'error') return false;
      const pause = pauseMs(data.body, dataUpdateCount);
      return pause === null ? false : Math.max(pause, data.retryAfterMs ?? 0);
    },
  };
}

/** @throws Refused */
async function goodOf<T>(asked: Promise<Answer<T>>): Promise<Answered<T>> {
  const answer = await asked;
  if (answer.kind !== 'ok') throw new Refused(answer);
  return answer;
}

function askedToWait(error: unknown): number | null {
  const failure = failureOf(error);
  return failure.kind === 'refused' ? failure.refusal.retryAfterMs : null;
}

/** An answer from elsewhere, to put into the cache. */
export const asAnswered = <T>(body: T): Answered<T> => ({
  kind: 'ok',
  status: 200,
  body,
  retryAfterMs: null,
});
