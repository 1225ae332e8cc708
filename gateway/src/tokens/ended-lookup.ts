import { findEndedTokens } from '@shopfast/db/revoked-tokens/find-ended';
import type { Gateway } from '../deps.ts';

/** Whether a token has ended, according to Postgres; null: unknown now. */
export type EndedLookup = (jti: string) => Promise<boolean | null>;

const MOST_AT_ONCE = 500;
const MOST_WAITING = 2_000;
/** From the request to the answer, including the wait for the statement before. */
const PATIENCE_MS = 2_000;

type Question = { answer: Promise<boolean | null>; tell(ended: boolean | null): void };

/**
 * Queries Postgres when Redis cannot tell. One statement at a time on one connection, for all requests that arrived
 * meanwhile: a crowd on protected pages makes statements longer, not more. A request that waits too long, or arrives
 * when too many wait, gets null.
 */
export function createEndedLookup({ sql, log }: Pick<Gateway, 'sql' | 'log'>): EndedLookup {
  let waiting = new Map<string, Question>();
  let isAsking = false;

  async function askForAll(): Promise<void> {
    isAsking = true;
    while (waiting.size > 0) {
      const some = new Map([...waiting].slice(0, MOST_AT_ONCE));
      waiting = new Map([...waiting].slice(MOST_AT_ONCE));
      try {
        const ended = await findEndedTokens(sql, [...some.keys()]);
        for (const [jti, question] of some) question.tell(ended.has(jti));
      } catch (err) {
        log.warn({ err }, 'reservations cannot be checked');
        for (const question of some.values()) question.tell(null);
      }
    }
    isAsking = false;
  }

  return (jti) => {
    const known = waiting.get(jti);
    if (known) return known.answer;
    if (waiting.size >= MOST_WAITING) return Promise.resolve(null);
    const { promise, resolve } = Promise.withResolvers<boolean | null>();
    const patience = setTimeout(resolve, PATIENCE_MS, null);
    const answer = promise.finally(() => clearTimeout(patience));
    waiting.set(jti, { answer, tell: resolve });
    if (!isAsking) void askForAll();
    return answer;
  };
}
