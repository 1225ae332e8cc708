import { type QueryKey, useQuery } from '@tanstack/react-query';
import { type Failure, failureOf, Refused } from '../api/answered.ts';
import type { Answer } from '../api/ask.ts';
import { asking, type PauseMs } from './asking.ts';

export type Loaded<T> = {
  /** The newest good answer. */
  body: T | null;
  /** Why the newest question failed; null when it did not. */
  failure: Failure | null;
  /** Asks at once. */
  again(): void;
};

type Options<T> = {
  /** When it is asked again; without it, only when the shopper comes back to the page. */
  pauseMs?: PauseMs<T>;
  /** Shown until the answer comes. */
  meanwhile?(): T | undefined;
};

/** Asks as long as the component is there; the last good answer stays while asking fails. */
export function useAsked<T>(
  name: QueryKey,
  question: () => Promise<Answer<T>>,
  { pauseMs = () => null, meanwhile }: Options<T> = {},
): Loaded<T> {
  const query = useQuery(asking(name, question, pauseMs));
  // Without a network nothing is asked, and it goes on by itself when there is one.
  const reason = query.fetchStatus === 'paused' ? UNREACHABLE : (query.failureReason ?? query.error);
  return {
    body: query.data?.body ?? meanwhile?.() ?? null,
    failure: reason && failureOf(reason),
    again: () => void query.refetch(),
  };
}

const UNREACHABLE = new Refused({ kind: 'unreachable' });
