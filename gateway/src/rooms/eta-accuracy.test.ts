import { afterEach, describe, expect, inject, test } from 'vitest';
import { openTestRoom, type TestRoom } from '../testing/room.ts';
import { etaSeconds } from './forecast.ts';
import type { Snapshot } from './room.ts';
import {
  assumedThroughput,
  type ThroughputEstimate,
  type ThroughputLimits,
  updateThroughput,
} from './throughput-estimator.ts';

const rooms: TestRoom[] = [];
afterEach(async () => {
  while (rooms.length > 0) await rooms.pop()?.close();
});

type Shopper = {
  index: number;
  joinedAt: number;
  shown: { low: number; high: number } | null;
  leavesAt: number;
  estimates: Array<{ at: number; middle: number; reason: ThroughputEstimate['reason'] }>;
  unexplained: number;
};

type Course = {
  rate: number;
  maxActive: number;
  atOpening: number;
  joinsPerMinute: number;
  minutes: number;
  dropOuts?: number;
  slotSeconds(second: number): number;
  at?: Record<number, { rate?: number; state?: string }>;
};

/** The same numbers in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/**
 * Simulates a sale with the real scripts and a movable clock: shoppers join, poll every ten seconds, drop out while
 * they wait, and hold their slot for a random time after the call.
 */
async function runSale(course: Course) {
  const chance = seeded(7);
  const after = (meanSeconds: number) => -Math.log(1 - chance()) * meanSeconds;
  const room = await openTestRoom(inject('redisUrl'), {
    rate: course.rate,
    maxActive: course.maxActive,
    claimMs: 3_600_000,
    abandonMs: 3_600_000,
  });
  rooms.push(room);
  const limits: ThroughputLimits = {
    admissions_per_minute: course.rate,
    max_active: course.maxActive,
    stock_factor: 3,
    claim_seconds: 60,
    poll_max_ms: 60_000,
    poll_budget_rps: 2_000,
  };
  let estimate = assumedThroughput(limits);
  let before: Snapshot | null = null;
  let admitting = true;
  const started = room.now();
  const second = () => (room.now() - started) / 1_000;
  const waiting = new Map<number, Shopper>();
  const called: Array<{ shown: Shopper['shown']; waited: number; joinedAt: number }> = [];
  const freeAt: Array<{ index: number; at: number }> = [];
  const reasons = new Set<ThroughputEstimate['reason']>();
  let unexplained = 0;
  let pendingJoins = course.atOpening;

  while (second() < course.minutes * 60) {
    const change = course.at?.[second()];
    if (change) {
      const { state = 'open', ...settings } = change;
      await room.configure({ ...settings, state });
      limits.admissions_per_minute = change.rate ?? limits.admissions_per_minute;
      admitting = state === 'open';
    }
    const fresh = await Promise.all(Array.from({ length: Math.floor(pendingJoins) }, () => room.join()));
    pendingJoins += course.joinsPerMinute / 120 - fresh.length;
    const ahead = [...waiting.keys()].length;
    fresh.sort((a, b) => a - b);
    for (const [order, index] of fresh.entries()) {
      const dropsOut = chance() < (course.dropOuts ?? 0);
      const shown = estimate.forecast && etaSeconds(ahead + order, estimate.forecast);
      const leavesAt = dropsOut ? second() + after((shown?.high ?? 60) / 2) : Number.POSITIVE_INFINITY;
      waiting.set(index, { index, joinedAt: second(), shown, leavesAt, estimates: [], unexplained: 0 });
    }
    const gone = [...waiting.values()].filter((shopper) => shopper.leavesAt <= second());
    for (const { index } of gone) waiting.delete(index);
    const freed = freeAt.filter(({ at }) => at <= second());
    for (const one of freed) freeAt.splice(freeAt.indexOf(one), 1);
    await Promise.all([...gone, ...freed].map(({ index }) => room.leave(index)));

    const { snapshot } = await room.tick();
    estimate = updateThroughput(estimate, before, snapshot, limits, admitting);
    before = snapshot;
    reasons.add(estimate.reason);
    for (const [index, shopper] of waiting) {
      if (index > snapshot.serving) break;
      waiting.delete(index);
      freeAt.push({ index, at: second() + after(course.slotSeconds(second())) });
      called.push({ shown: shopper.shown, waited: second() - shopper.joinedAt, joinedAt: shopper.joinedAt });
    }
    if (second() % 10 === 0 && admitting) unexplained += ask([...waiting.values()], estimate, second());
    await room.advance(500);
  }
  return { called, reasons, unexplained, estimate };
}

/** Gives all shoppers the current estimate. @returns the estimates that had grown without a reason */
function ask(shoppers: Shopper[], { forecast, reason }: ThroughputEstimate, at: number): number {
  let unexplained = 0;
  for (const [ahead, shopper] of shoppers.entries()) {
    if (!forecast) {
      if (!reason) unexplained += 1;
      continue;
    }
    const { low, high } = etaSeconds(ahead, forecast);
    const middle = (low + high) / 2;
    shopper.estimates = shopper.estimates.filter((one) => at - one.at <= 69);
    if (!reason && shopper.estimates.some((one) => middle > one.middle * 1.25 + 8)) unexplained += 1;
    shopper.estimates.push({ at, middle, reason });
  }
  return unexplained;
}

type Called = Awaited<ReturnType<typeof runSale>>['called'];

/**
 * Mean width of the ranges (high ÷ low), and mean of middle ÷ actual wait, after the room was observed for a minute.
 */
function quality(called: Called) {
  const settled = called.filter(({ shown, joinedAt }) => shown && joinedAt > 60) as Array<{
    shown: { low: number; high: number };
    waited: number;
  }>;
  const mean = (of: (one: (typeof settled)[number]) => number) =>
    settled.reduce((sum, one) => sum + of(one), 0) / settled.length;
  return {
    width: mean(({ shown }) => shown.high / shown.low),
    middle: mean(({ shown, waited }) => (shown.low + shown.high) / 2 / waited),
  };
}

function shareWithin(called: Called): number {
  const right = called.filter(({ shown, waited }) => shown && shown.low <= waited && waited <= shown.high);
  return right.length / called.length;
}

const capBinds: Course = {
  rate: 300,
  maxActive: 40,
  atOpening: 120,
  joinsPerMinute: 80,
  minutes: 12,
  dropOuts: 0.2,
  slotSeconds: () => 40,
};

describe('the estimate at the join', () => {
  test('is right for at least four of five when the active cap limits and 20 % drop out', async () => {
    const { called } = await runSale(capBinds);
    expect(called.length).toBeGreaterThan(400);
    expect(shareWithin(called)).toBeGreaterThanOrEqual(0.8);
  });

  test('is narrow enough to be useful, and right on average', async () => {
    for (const course of [capBinds, { ...capBinds, rate: 60, maxActive: 500 }]) {
      const { width, middle } = quality((await runSale(course)).called);
      expect(width).toBeLessThan(2);
      expect(middle).toBeGreaterThan(0.85);
      expect(middle).toBeLessThan(1.2);
    }
  });

  test('is right for at least four of five when the rate limits and 20 % drop out', async () => {
    const { called } = await runSale({ ...capBinds, rate: 60, maxActive: 500 });
    expect(called.length).toBeGreaterThan(400);
    expect(shareWithin(called)).toBeGreaterThanOrEqual(0.8);
  });
});

describe('a growing estimate has a reason', () => {
  test('when shoppers take three times as long in the shop', async () => {
    const slotSeconds = (second: number) => (second < 300 ? 40 : 120);
    const { unexplained, reasons } = await runSale({ ...capBinds, slotSeconds });
    expect(unexplained).toBe(0);
    expect(reasons).toContain('shop_busy');
    expect(reasons).toContain(null);
  });

  test('when the rate is lowered', async () => {
    const { unexplained, reasons } = await runSale({
      ...capBinds,
      rate: 120,
      maxActive: 500,
      atOpening: 300,
      at: { 120: { rate: 40 } },
      minutes: 5,
    });
    expect(unexplained).toBe(0);
    expect(reasons).toContain('rate_lowered');
    expect(reasons).toContain(null);
  });

  test('a steady sale shows no reason', async () => {
    const { reasons, unexplained } = await runSale({ ...capBinds, rate: 60, maxActive: 500 });
    expect([...reasons]).toEqual([null]);
    expect(unexplained).toBe(0);
  });
});
