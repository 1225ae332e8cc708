import { findEndedTokens } from '@shopfast/db/revoked-tokens';
import type { TokenDeps } from './deps.ts';

/** Whether a token has ended, according to Postgres; null: unknown now. */
export type EndedLookup = (jti: string) => Promise<boolean | null>;

const MAX_BATCH = 500;
const MAX_WAITING = 2_000;
/** From the request to the answer, including the wait for the statement before. */
const WAIT_LIMIT_MS = 2_000;

type LookUp = { answer: Promise<boolean | null>; resolve(ended: boolean | null): void };

/**
 * Queries Postgres when Redis cannot tell. One statement at a time on one connection, for all requests that arrived
 * meanwhile: a crowd on protected pages makes statements longer, not more. A request that waits too long, or arrives
 * when too many wait, gets null.
 */
export function createEndedLookup({ sql, log }: Pick<TokenDeps, 'sql' | 'log'>): EndedLookup {
  let waiting = new Map<string, LookUp>();
  let isRunning = false;

  async function runQuery(): Promise<void> {
    isRunning = true;
    while (waiting.size > 0) {
      const some = new Map([...waiting].slice(0, MAX_BATCH));
      waiting = new Map([...waiting].slice(MAX_BATCH));
      try {
        const ended = await findEndedTokens(sql, [...some.keys()]);
        for (const [jti, lookUp] of some) lookUp.resolve(ended.has(jti));
      } catch (err) {
        log.warn({ err }, 'reservations cannot be checked');
        for (const lookUp of some.values()) lookUp.resolve(null);
      }
    }
    isRunning = false;
  }

  return (jti) => {
    const known = waiting.get(jti);
    if (known) return known.answer;
    if (waiting.size >= MAX_WAITING) return Promise.resolve(null);
    const { promise, resolve } = Promise.withResolvers<boolean | null>();
    const lookUp = { answer: promise.finally(() => clearTimeout(timer)), resolve };
    const timer = setTimeout(() => {
      // Nobody waits for it any more, so it takes no place in a statement.
      if (waiting.get(jti) === lookUp) waiting.delete(jti);
      resolve(null);
    }, WAIT_LIMIT_MS);
    waiting.set(jti, lookUp);
    if (!isRunning) void runQuery();
    return lookUp.answer;
  };
}
