import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer } from '../api/ask.ts';
import { backoff } from '../api/backoff.ts';

export type Failure = Exclude<Answer<never>, { kind: 'ok' }>;

export type Loaded<T> = {
  /** The newest good answer. */
  body: T | null;
  /** Why the newest question failed; null when it did not. */
  failure: Failure | null;
  /** Asks at once. */
  again(): void;
};

/**
 * Asks when the component appears, then again after `pauseMs(body)`; null stops. After a failure that may pass it asks again
 * later and later, and the last good answer stays.
 * @param question must keep its identity between renderings
 */
export function useAnswer<T>(
  question: () => Promise<Answer<T>>,
  pauseMs: (body: T, asked: number) => number | null,
): Loaded<T> {
  const [state, setState] = useState<{ body: T | null; failure: Failure | null }>({
    body: null,
    failure: null,
  });
  const [round, setRound] = useState(0);
  const pause = useRef(pauseMs);
  pause.current = pauseMs;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks anew
  useEffect(() => {
    let over = false;
    let timer: number;
    let failures = 0;
    let asked = 0;
    const run = async () => {
      const answer = await question();
      if (over) return;
      asked += 1;
      let wait: number | null;
      if (answer.kind === 'ok') {
        failures = 0;
        setState({ body: answer.body, failure: null });
        wait = pause.current(answer.body, asked);
        if (wait !== null) wait = Math.max(wait, answer.retryAfterMs ?? 0);
      } else {
        failures += 1;
        setState((before) => ({ ...before, failure: answer }));
        const refusal = answer.kind === 'refused' ? answer.refusal : null;
        const passes = !refusal || refusal.status >= 500 || refusal.status === 429;
        wait = passes ? backoff(failures, refusal?.retryAfterMs ?? null, Math.random()) : null;
      }
      if (wait !== null) timer = window.setTimeout(run, wait);
    };
    void run();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [question, round]);

  const again = useCallback(() => setRound((before) => before + 1), []);
  return { ...state, again };
}
