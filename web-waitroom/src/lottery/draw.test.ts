import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commitmentTo, numberOf, versionOf } from './draw.ts';

type Vector = {
  version: number;
  seed: string;
  size: number;
  commitment: string;
  numbers: Record<string, number>;
};
const vectors = JSON.parse(
  readFileSync(new URL('../../../docs/lottery-vectors.json', import.meta.url), 'utf8'),
) as Vector[];

test.each(vectors)(
  'the page computes the published numbers of a draw among $size, version $version',
  async (vector) => {
    expect(await commitmentTo(vector.seed, vector.version)).toBe(vector.commitment);
    expect(await versionOf(vector.seed, vector.commitment)).toBe(vector.version);
    for (const [index, number] of Object.entries(vector.numbers))
      expect(await numberOf(Number(index), vector)).toBe(number);
  },
);

test('a draw without a version is version 1, and a commitment to another seed has no version', async () => {
  const { version: _, ...first } = vectors.find(({ version }) => version === 1) as Vector;
  for (const [index, number] of Object.entries(first.numbers))
    expect(await numberOf(Number(index), first)).toBe(number);
  expect(await versionOf('another', first.commitment)).toBeNull();
});
