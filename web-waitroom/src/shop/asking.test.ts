import { environmentManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Answer } from '../api/ask.ts';
import { asking, type PauseMs } from './asking.ts';

beforeEach(() => {
  // TanStack Query starts timers only in a browser, so the test claims to be one.
  environmentManager.setIsServer(() => false);
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
  environmentManager.setIsServer(() => typeof window === 'undefined');
});

const ok = (body: string, retryAfterMs: number | null = null): Answer<string> => ({
  ...{ kind: 'ok', status: 200, body, retryAfterMs },
});
const refused = (status: number, retryAfterMs: number | null = null): Answer<string> => ({
  kind: 'refused',
  refusal: { status, code: 'x', title: '', detail: null, retryAfterMs },
});

/** Asks until `forMs` have passed. @returns when it asked, in ms, and the final state */
async function askFor(forMs: number, answers: Answer<string>[], pauseMs: PauseMs<string> = () => null) {
  const asked: number[] = [];
  const question = async () => {
    asked.push(Date.now());
    return answers.length > 1 ? (answers.shift() as Answer<string>) : (answers[0] as Answer<string>);
  };
  const client = new QueryClient();
  const observer = new QueryObserver(client, asking(['it'], question, pauseMs));
  const stop = observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(forMs);
  const { data, failureReason } = observer.getCurrentResult();
  stop();
  client.clear();
  return { asked, body: data?.body, failed: failureReason !== null };
}

test('requests repeat after the pause, which may grow, and stop when there is no pause', async () => {
  const pause: PauseMs<string> = (body, asked) => (body === 'over' ? null : asked * 1_000);
  const { asked, body } = await askFor(60_000, [ok('going'), ok('going'), ok('over')], pause);
  expect(asked).toEqual([0, 1_000, 3_000]);
  expect(body).toBe('over');
});

test('a server that asks for more time gets it', async () => {
  const { asked } = await askFor(20_000, [ok('going', 7_000), ok('going')], () => 5_000);
  expect(asked).toEqual([0, 7_000, 12_000, 17_000]);
});

test('a temporary failure is retried, no sooner than the server says, and the last answer stays', async () => {
  // The third request comes after 7 to 10 s, the fourth not before 13.
  const { asked, body, failed } = await askFor(12_000, [ok('going'), refused(503, 6_000)], () => 1_000);
  expect(asked.slice(0, 2)).toEqual([0, 1_000]);
  expect(asked[2]).toBeGreaterThanOrEqual(7_000);
  expect(asked).toHaveLength(3);
  expect([body, failed]).toEqual(['going', true]);
  const gone = await askFor(120_000, [{ kind: 'unreachable' }]);
  const pauses = gone.asked.slice(1).map((at, index) => at - (gone.asked[index] as number));
  expect(pauses.length).toBeGreaterThan(4);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
  expect(pauses.at(-1)).toBeGreaterThan(pauses[0] as number);
});

test('a permanent error is not retried', async () => {
  const { asked, failed } = await askFor(60_000, [refused(404)], () => 1_000);
  expect(asked).toEqual([0]);
  expect(failed).toBe(true);
});
