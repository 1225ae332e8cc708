import type { JoinAnswer, RoomStatus, TicketStatus } from '@shopfast/kit/contracts/api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Answer } from '../api/ask.ts';
import { type Line, standInLine } from './line.ts';
import { NO_PROGRESS } from './progress.ts';
import type { RoomCalls } from './room-calls.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const ticket = (more: Partial<TicketStatus> = {}): TicketStatus => ({
  state: 'waiting',
  number: 9,
  ahead: 3,
  eta_seconds: null,
  poll_after_ms: 4_000,
  ...more,
});
const ok = <T>(body: T): Answer<T> => ({ kind: 'ok', status: 200, body, retryAfterMs: null });
const busy: Answer<never> = {
  kind: 'refused',
  refusal: { status: 503, code: 'unavailable', title: '', detail: null, retryAfterMs: 10_000 },
};

/** A line whose requests are recorded with their time, and answered from a list (the last one again and again). */
function lineWith(answers: Answer<TicketStatus>[], visible = true) {
  const questions: [name: string, at: number][] = [];
  const start = Date.now();
  let tokens = 0;
  const noted =
    <T>(name: string, answer: () => Answer<T>) =>
    async () => {
      questions.push([name, Date.now() - start]);
      return answer();
    };
  const calls: RoomCalls = {
    join: noted('join', () => {
      const room = {
        id: 'drop',
        name: 'Drop',
        state: 'open' as const,
        opens_at: null,
        admissions_per_minute: 600,
      };
      return ok<JoinAnswer>({ ...ticket(), ticket: 'tkt_1', room });
    }),
    challenge: noted('challenge', () => busy),
    ask: noted('ask', () => (answers.length > 1 ? answers.shift() : answers[0]) as Answer<TicketStatus>),
    claim: noted('claim', () => ok({ reservation_token: 'a.b.c', expires_at: '', checkout_url: '/shop' })),
    leave: noted('leave', () => ok(undefined)),
    status: async () => ({ kind: 'unreachable' }) as Answer<RoomStatus>,
  };
  const tab = { visible };
  const line: Line = standInLine({
    calls,
    progress: NO_PROGRESS,
    visible: () => tab.visible,
    changed: () => {},
    admitted: () => {
      tokens += 1;
    },
  });
  return { line, tab, questions, tokens: () => tokens };
}

test('polls exactly when the server says, and no more often', async () => {
  const { questions } = lineWith([
    ok(ticket()),
    ok(ticket({ poll_after_ms: 7_000 })),
    ok(ticket({ poll_after_ms: 60_000 })),
  ]);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(questions).toEqual([
    ['join', 0],
    ['ask', 4_000],
    ['ask', 8_000],
    ['ask', 15_000],
  ]);
});

test('after "busy" it polls no earlier than the server says, and at most half as long again later', async () => {
  const { questions } = lineWith([busy, ok(ticket({ poll_after_ms: 60_000 }))]);
  await vi.advanceTimersByTimeAsync(30_000);
  const [, , again] = questions;
  expect(again?.[1]).toBeGreaterThanOrEqual(14_000);
  expect(again?.[1]).toBeLessThanOrEqual(19_000);
});

test('after waking up it sends at once what is overdue, and nothing else', async () => {
  const { line, questions } = lineWith([ok(ticket())]);
  await vi.advanceTimersByTimeAsync(1_000);
  line.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(questions).toEqual([['join', 0]]);
  vi.setSystemTime(Date.now() + 3_600_000);
  line.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(questions.map(([name]) => name)).toEqual(['join', 'ask']);
});

test('a turn is claimed once, for any number of presses', async () => {
  const { line, questions, tokens } = lineWith([ok(ticket({ state: 'called', ahead: 0 }))]);
  await vi.advanceTimersByTimeAsync(4_000);
  line.claim();
  line.claim();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(questions.filter(([name]) => name === 'claim')).toHaveLength(1);
  expect(tokens()).toBe(1);
});

test('a turn in a hidden tab is claimed when the tab becomes visible', async () => {
  const { line, tab, questions } = lineWith([ok(ticket({ state: 'called', ahead: 0 }))], false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(questions.map(([name]) => name)).not.toContain('claim');
  tab.visible = true;
  line.wake();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(questions.map(([name]) => name)).toContain('claim');
});

test('after leaving, it does not poll any more', async () => {
  const { line, questions } = lineWith([ok(ticket())]);
  await vi.advanceTimersByTimeAsync(1_000);
  await line.leave();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(questions.map(([name]) => name)).toEqual(['join', 'leave']);
});
