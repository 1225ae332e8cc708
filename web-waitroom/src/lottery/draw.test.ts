import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commitmentTo, numberOf } from './draw.ts';

type Vector = { seed: string; size: number; commitment: string; numbers: Record<string, number> };
const vectors = JSON.parse(
  readFileSync(new URL('../../../docs/lottery-vectors.json', import.meta.url), 'utf8'),
) as Vector[];

test.each(vectors)('the page computes the published numbers of a draw among $size', async (vector) => {
  expect(await commitmentTo(vector.seed)).toBe(vector.commitment);
  for (const [index, number] of Object.entries(vector.numbers))
    expect(await numberOf(Number(index), vector)).toBe(number);
});
