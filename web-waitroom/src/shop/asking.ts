import { keepPreviousData, type QueryKey, type QueryObserverOptions } from '@tanstack/react-query';
import { failureOf, isFinal, Refused } from '../api/answered.ts';
import type { Answer } from '../api/ask.ts';
import { backoff } from '../api/backoff.ts';

/** A good answer, as the cache keeps it. */
export type Answered<T> = Extract<Answer<T>, { kind: 'ok' }>;
/** How long until it is asked again, in ms; null stops. */
export type PauseMs<T> = (body: T, asked: number) => number | null;

/** Within this time two parts of a page, or a page and the next, share one answer. */
const FRESH_MS = 1_000;

/**
 * How the shop asks, for TanStack Query. After a failure that may pass it asks again, later and later, for as long as somebody
 * looks; what is asked again anyway waits as long as the server says, at least.
 * @param name what is asked, for the cache
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

/** An answer that came by another way, for whoever asks for it next. */
export const asAnswered = <T>(body: T): Answered<T> => ({
  kind: 'ok',
  status: 200,
  body,
  retryAfterMs: null,
});
