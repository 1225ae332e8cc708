import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, NO_ANSWER, type Received, readAnswer } from './answers.ts';
import type { Call, ShopperRequest } from './calls.ts';

/** Sends one request. Never throws: a request without a complete answer has the status 0. */
export type Transport = (request: ShopperRequest) => Promise<Received>;

/** Sends a call and reads its answer. */
export const ask = async <T>(send: Transport, call: Call<T>): Promise<Answer<T>> =>
  readAnswer(call, await send(call));

type Options = {
  signal?: AbortSignal;
  /** How long to wait for an answer. Default: 30 000 ms. */
  patienceMs?: number;
  /** Sent with every request. */
  headers?: Record<string, string>;
};

/** Sends requests with `fetch`. @param origin may be a function that chooses one for each request */
export function overFetch(
  origin: string | (() => string),
  { signal, patienceMs = 30_000, headers }: Options = {},
): Transport {
  return async ({ method, path, headers: own, body }) => {
    const url = (typeof origin === 'string' ? origin : origin()) + path;
    const patience = AbortSignal.timeout(patienceMs);
    try {
      const answer = await fetch(url, {
        method,
        redirect: 'manual',
        headers: { ...headers, ...own, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
      });
      const retryAfterMs = retryAfter(answer.headers.get('retry-after'));
      return { status: answer.status, retryAfterMs, text: await answer.text() };
    } catch {
      return NO_ANSWER;
    }
  };
}

/** `Retry-After` in ms; 0 without one. Our services send seconds, never a date. */
export const retryAfter = (header: string | null | undefined): number => (Number(header ?? 0) || 0) * 1_000;

const MOST_ATTEMPTS = 10;

/** Repeats a request after a 503 with `Retry-After`, ten times at most. */
export function patient(send: Transport, onWait: () => void = () => undefined): Transport {
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const received = await send(request);
      const isTemporary = received.status === 503 && received.retryAfterMs > 0;
      if (!isTemporary || attempt === MOST_ATTEMPTS) return received;
      onWait();
      await wait(received.retryAfterMs);
    }
  };
}
