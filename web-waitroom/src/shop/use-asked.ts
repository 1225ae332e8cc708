import { type QueryKey, useQuery } from '@tanstack/react-query';
import { type Failure, failureOf, Refused } from '../api/answered.ts';
import type { Answer } from '../api/ask.ts';
import { asking, type PauseMs } from './asking.ts';

export type Loaded<T> = {
  /** The latest good answer. */
  body: T | null;
  /** Why the latest request failed; null if it did not. */
  failure: Failure | null;
  /** Asks at once. */
  again(): void;
};

type Options<T> = {
  /** The delay before the next request; without it, only when the shopper returns to the page. */
  pauseMs?: PauseMs<T>;
  /** Shown until the answer arrives. */
  placeholder?(): T | undefined;
};

/** Requests data while the component is mounted; the last good answer stays while requests fail. */
export function useAsked<T>(
  name: QueryKey,
  question: () => Promise<Answer<T>>,
  { pauseMs = () => null, placeholder }: Options<T> = {},
): Loaded<T> {
  const query = useQuery(asking(name, question, pauseMs));
  // Offline, nothing is requested; TanStack Query continues by itself when the network is back.
  const reason = query.fetchStatus === 'paused' ? UNREACHABLE : (query.failureReason ?? query.error);
  return {
    body: query.data?.body ?? placeholder?.() ?? null,
    failure: reason && failureOf(reason),
    again: () => void query.refetch(),
  };
}

const UNREACHABLE = new Refused({ kind: 'unreachable' });
