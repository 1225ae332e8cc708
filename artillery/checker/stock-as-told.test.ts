import { expect, test } from 'vitest';
import { stockAsTold } from './stock-as-told.ts';

const books = (...available: number[]) => ({
  products: available.map((one, at) => ({
    id: `p${at}`,
    stock: 50,
    available: one,
    held: 0,
    sold: 50 - one,
  })),
});

test.each([
  [0, books(0), true],
  [7, books(3, 4), true],
  [8, books(3, 4), false],
  [6, books(3, 4), false],
  [null, books(0), false],
])('%#: a room with a wrong or unknown stock violates the guarantee', (remaining, facts, kept) => {
  expect(stockAsTold(remaining, facts).kept).toBe(kept);
});
