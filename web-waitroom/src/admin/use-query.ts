import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answered, type Failure, failureOf, isFinal, Refused } from '../api/answered.ts';
import type { Answer } from '../api/ask.ts';
import { useOperator } from './app-context.tsx';

export type Asked<T> = Pick<UseQueryResult<T>, 'data' | 'refetch' | 'dataUpdatedAt'> & {
  /** Why the latest request failed; null if it did not. */
  failure: Failure | null;
};

/**
 * Requests data, and again every `everyMs`. The last good answer stays while requests fail. Signs out when the key is
 * refused.
 * @param name the cache key; a change requests anew
 */
export function useAsked<T>(
  name: readonly unknown[],
  question: () => Promise<Answer<T>>,
  everyMs?: number,
): Asked<T> {
  const { signOut } = useOperator();
  const query = useQuery({
    queryKey: name,
    queryFn: () => answered(question()),
    placeholderData: keepPreviousData,
    retry: (failures, error) => !(error instanceof Refused && isFinal(error.failure)) && failures < 2,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
  const failure = query.error ? failureOf(query.error) : null;
  const isKeyBad = failure?.kind === 'refused' && failure.refusal.status === 401;
  useEffect(() => {
    if (isKeyBad) signOut('key_invalid');
  }, [isKeyBad, signOut]);
  const { data, refetch, dataUpdatedAt } = query;
  return { data, refetch, dataUpdatedAt, failure };
}
