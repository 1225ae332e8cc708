import { Problem } from '@shopfast/kit/errors';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSharing, type Sharing } from './sharing.ts';

let now: number;
let refused: string[];
let sharing: Sharing;
const start = (limits: Partial<Parameters<typeof createSharing>[0]>) => {
  now = 1_800_000_000_000;
  refused = [];
  sharing = createSharing(
    { addressesPerMinute: 0, requestsPerSecond: 0, ...limits },
    { now: () => now, refused: (why) => void refused.push(why) },
  );
};
const passes = (jti: string, address: string | null = null): boolean => {
  try {
    sharing.count(jti, address);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect((error as Problem).code).toBe('rate_limited');
    expect((error as Problem).retryAfterSeconds).toBeGreaterThan(0);
    return false;
  }
};

describe('requests with one reservation', () => {
  beforeEach(() => start({ requestsPerSecond: 5 }));

  test('pass up to the budget of ten seconds, and again in the next ten', () => {
    const first = Array.from({ length: 60 }, () => passes('one'));
    expect(first.filter(Boolean)).toHaveLength(50);
    expect(passes('two')).toBe(true);
    expect(refused).toEqual(Array(10).fill('requests'));
    now += 10_000;
    expect(passes('one')).toBe(true);
  });
});

describe('addresses of one reservation', () => {
  beforeEach(() => start({ addressesPerMinute: 2 }));

  test('are counted per minute; a known one keeps access', () => {
    expect(['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.1'].map((one) => passes('r', one))).toEqual([
      ...[true, true, false, true],
    ]);
    now += 60_000;
    expect(passes('r', '192.0.2.3')).toBe(true);
  });

  test('without an address nothing is counted', () => {
    expect(Array.from({ length: 9 }, () => passes('r')).every(Boolean)).toBe(true);
  });
});

test('without a limit nothing is counted', () => {
  start({});
  expect(Array.from({ length: 9_999 }, () => passes('r', '192.0.2.1')).every(Boolean)).toBe(true);
});
