import { describe, expect, test } from 'vitest';
import { numbersOf } from './draw.ts';
import {
  FEW_PLACES,
  furthestFromChance,
  PAIRS,
  pairStatistics,
  randomWords,
  randomWordsForFew,
} from './statistics.fixture.ts';
import { halvesFor, permute, ROUNDS } from './version-2.ts';

/** `npm run test:nightly` draws 10,000,000 times, for each size. */
const DRAWS = Number(process.env.LOTTERY_DRAWS ?? 10_000);
const isNightly = DRAWS > 1_000_000;
const SIZES = isNightly
  ? [...Array.from({ length: 63 }, (_, at) => at + 2), 1_000, 4_096, 10_000]
  : [2, 3, 4, 5, 8, 15, 16, 17, 32, 33, 60, 64, 65, 1_000, 4_096, 10_000];
/**
 * A statistic beyond this many standard errors fails. By chance this happens once in 1.7 million. A night checks about
 * 800, so a false alarm happens once in 2,000 nights. The draws are the same in each run.
 */
const LIMIT = 5;
/** Real seeds need hashing, so there are fewer of them. */
const SEEDED_DRAWS = isNightly ? 1_000_000 : 1_000;

/** The pair `two apart` needs at least three places. */
const pairsAt = (size: number) => Object.entries(PAIRS).filter(([name]) => size > 2 || name !== 'two apart');

const worst = (statistics: Record<string, number>) =>
  Object.entries(statistics).reduce((one, other) => (Math.abs(other[1]) > Math.abs(one[1]) ? other : one));

describe('no pair of arrivals differs from chance', { timeout: 3_600_000 }, () => {
  test.each(SIZES)('among %i', (size) => {
    const words = size <= FEW_PLACES ? randomWordsForFew() : randomWords;
    const drawing = (draw: number) => permute(size, words(draw));
    for (const [name, pair] of pairsAt(size)) {
      const [statistic, errors] = worst(pairStatistics(size, DRAWS, drawing, pair));
      expect(Math.abs(errors), `${name}, ${statistic}: ${errors.toFixed(2)}`).toBeLessThan(LIMIT);
    }
  });

  test.each([3, 16, 60, 1_000])('among %i with seeds', (size) => {
    const drawing = (draw: number) => {
      const number = numbersOf({ seed: `seed-${draw}`, size, version: 2 });
      return (value: number) => number(value + 1) - 1;
    };
    const [statistic, errors] = worst(
      pairStatistics(size, SEEDED_DRAWS, drawing, PAIRS.neighbours as (typeof PAIRS)[string]),
    );
    expect(Math.abs(errors), `${statistic}: ${errors.toFixed(2)}`).toBeLessThan(LIMIT);
  });
});

test('every order of a few is equally likely', () => {
  const draws = isNightly ? 240_000 : 48_000;
  const words = randomWordsForFew();
  const counts = new Map<string, number>();
  for (let draw = 0; draw < draws; draw += 1) {
    const number = permute(4, words(draw));
    const order = [0, 1, 2, 3].map(number).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  const expected = draws / 24;
  const error = Math.sqrt(expected * (1 - 1 / 24));
  for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(LIMIT * error);
});

test('the statistics detect too few rounds: version 1 leaves neighbours side by side', () => {
  const drawing = (draw: number) => {
    const number = numbersOf({ seed: `seed-${draw}`, size: 16, version: 1 });
    return (value: number) => number(value + 1) - 1;
  };
  const found = pairStatistics(16, 30_000, drawing, PAIRS.neighbours as (typeof PAIRS)[string]);
  expect(found['side by side']).toBeGreaterThan(LIMIT);
});

describe('the number of rounds', () => {
  const every = Array.from({ length: 9 }, (_, at) => halvesFor(2 ** (at + 6)));

  test('keeps every difference between two places within 8 in a million of chance, for any size', () => {
    for (const bits of every) expect(furthestFromChance(bits, ROUNDS)).toBeLessThan(8e-6);
  });

  test('is more than enough for many pairs of ten million draws together, while twelve would not be', () => {
    // The standard error of the rarest half-difference, over ten million draws with 127 pairs of neighbours each.
    const chance = 1 / 16;
    const error = Math.sqrt((1 - chance) / (chance * 10_000_000 * 127));
    expect(furthestFromChance(halvesFor(128), ROUNDS)).toBeLessThan(error / 10);
    expect(furthestFromChance(halvesFor(128), 12)).toBeGreaterThan(error * 3);
  });
});
