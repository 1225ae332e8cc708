import { commitmentTo, numberOf } from '@shopfast/gateway/lottery/draw';
import { expect, test } from 'vitest';
import { ROOM } from './documents.fixture.ts';
import { checkedDraw } from './shopper.mts';
import type { Shopper } from './steps/shopper.ts';

const draw = { seed: 'a'.repeat(64), size: 100, version: 2 as const };
const commitment = commitmentTo(draw.seed, draw.version);

/** Checks a draw for a shopper. @returns the error that was found, or the counters */
async function check(vars: Partial<Shopper>, lottery: object = draw): Promise<unknown> {
  const counted: string[] = [];
  const events = { emit: (kind: string, name: string) => kind === 'counter' && counted.push(name) };
  const response = {
    statusCode: 200,
    headers: {},
    body: JSON.stringify({ ...ROOM, lottery: { commitment, ...lottery } }),
    timings: { phases: {} },
  };
  const shopper = { step: 'waiting', waitMs: 0, arrivedMs: 0, ...vars } as Shopper;
  const error = await new Promise<Error | undefined>((resolve) =>
    checkedDraw({}, response, { vars: shopper }, events as never, resolve),
  );
  return error?.message ?? counted;
}

test('a number that follows from the seed is right, for one holder', async () => {
  const own = { receipt: { index: 7, commitment }, number: numberOf(7, draw) };
  expect(await check(own)).toEqual(['shoppers.drawn']);
  expect(await check(own)).toBe('draw: two hold the same number');
});

test('any other number is not', async () => {
  const number = (numberOf(8, draw) % 100) + 1;
  expect(await check({ receipt: { index: 8, commitment }, number })).toMatch(/another number/);
});

test('a seed that nobody committed to is not', async () => {
  const seed = 'b'.repeat(64);
  const number = numberOf(9, { ...draw, seed });
  expect(await check({ receipt: { index: 9, commitment }, number }, { ...draw, seed })).toMatch(
    /another seed/,
  );
  expect(await check({ receipt: { index: 9, commitment }, number }, { version: 2 })).toMatch(/not published/);
});
