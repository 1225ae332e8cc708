import type { RoomStats, TimelinePoint } from '@shopfast/kit/contracts/rooms';
import { expect, test } from 'vitest';
import { gapsBefore, joinHistory, type LiveSteps, perMinute, STEP_MS, withLive } from './history.ts';
import { statsWith } from './stats.fixture.ts';

const NOON = Date.UTC(2026, 10, 27, 12);
const at = (seconds: number) => new Date(NOON + seconds * 1_000).toISOString();
const since = at(-3_600);

const point = (seconds: number, changes: Partial<TimelinePoint> = {}): TimelinePoint => ({
  ...{ at: at(seconds), waiting: 5, active: 1, serving: 10, issued: 15, calls: 10, joins: 20, drop_outs: 2 },
  ...{ remaining: null, held: null, sold: null },
  ...changes,
});
const seen = (seconds: number, calls: number, changes: Partial<RoomStats> = {}) =>
  statsWith({ updated_at: at(seconds), counted: { since, joins: 0, calls, drop_outs: 0 }, ...changes });
const live = (...documents: RoomStats[]) => documents.reduce(withLive, new Map() as LiveSteps);
const joined = (points: TimelinePoint[], steps: LiveSteps, now = 40) =>
  joinHistory({ points }, steps, NOON + now * 1_000);

test('the stored history continues with live figures, and each call counts once', () => {
  const steps = joined(
    [point(0), point(10, { calls: 3 })],
    live(seen(14, 105), seen(19.9, 108), seen(21, 109), seen(29.5, 112), seen(31, 115)),
  );
  // 10…20 was seen only from its middle, so the stored count is used. Then 112 − 108 and 115 − 112.
  expect(steps.map(({ at, calls }) => [(at - NOON) / 1_000, calls])).toEqual([
    [0, 10],
    [10, 3],
    [20, 4],
    [30, 3],
  ]);
});

test('live figures are shown before the stored history has arrived, and levels are the latest', () => {
  const steps = joined([], live(seen(1, 5, { waiting: 9 }), seen(9, 6, { waiting: 7, active: 3 })));
  expect(steps).toMatchObject([{ at: NOON, waiting: 7, active: 3, calls: 0 }]);
});

test('people in the priority line count as waiting', () => {
  const priority = { issued: 4, serving: 0, waiting: 4 };
  expect(joined([], live(seen(1, 5, { waiting: 9, priority })))[0]?.waiting).toBe(13);
});

test('a room that was created again counts from zero, and never backwards', () => {
  const anew = { since: at(11), joins: 0, calls: 4, drop_outs: 0 };
  const steps = joined([], live(seen(5, 100), seen(15, 0, { counted: anew }), seen(25, 2)));
  expect(steps.map(({ calls }) => calls)).toEqual([0, 4, 2]);
});

test('an hour is shown, and only the needed part of the live stream is kept', () => {
  expect(joined([point(0), point(3_590)], live(), 3_605).map((step) => step.at)).toEqual([NOON + 3_590_000]);
  let steps = live();
  for (let second = 0; second < 3_600; second += 1) steps = withLive(steps, seen(second, second));
  expect(steps.size).toBeLessThanOrEqual(19);
});

test('a minute is the sum of its six steps; while the last is not over, a part of the one before counts', () => {
  const steps = joined(
    [0, 10, 20, 30, 40, 50, 60].map((second) => point(second, { calls: 60 })),
    live(),
    70,
  );
  expect(perMinute(steps, 'calls', NOON + 70_000).slice(-2)).toEqual([360, 360]);
  const half = steps.map((step, i) => (i === 6 ? { ...step, calls: 30 } : step));
  expect(perMinute(half, 'calls', NOON + 65_000).at(-1)).toBe(360);
});

test('an outage of the history is a gap, not a line', () => {
  const steps = [0, 1, 2, 9, 10].map((i) => ({ ...point(0), at: NOON + i * STEP_MS }));
  expect(gapsBefore(steps)).toEqual([3]);
});

test('calls during an outage do not look like a rush after it', () => {
  const steps = [0, 1, 2, 12, 13].map((i) => ({
    ...point(0),
    at: NOON + i * STEP_MS,
    calls: i === 12 ? 100 : 10,
  }));
  expect(Math.max(...perMinute(steps, 'calls', NOON + 140_000))).toBeLessThanOrEqual(30);
});
