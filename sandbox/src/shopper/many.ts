import { describe } from './answers.ts';
import type { Shopper } from './shopper.ts';

/** Runs `work` for each item, a part of them at once. @returns the results in order */
export async function inPortions<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce = 50,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += atOnce)
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))));
  return results;
}

/** Sends many people into a room. @returns their tickets @throws if one of them is refused */
export const joinMany = (shopper: Pick<Shopper, 'join'>, count: number, atOnce?: number): Promise<string[]> =>
  inPortions(
    Array.from({ length: count }),
    async () => {
      const joined = await shopper.join();
      if (!joined.ok) throw new Error(`Nobody can join: ${describe(joined)}`);
      return joined.document.ticket;
    },
    atOnce,
  );
