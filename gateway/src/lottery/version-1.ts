import { hash } from 'node:crypto';

/**
 * Version 1 of the draw, for rooms whose commitment was published before version 2: a balanced Feistel network of four
 * rounds over the next power of four, with cycle walking into the range. The round function is SHA-1 of
 * `seed:round:half`, its first 32 bits. Neighbours stay neighbours too often (docs/adr/0022-the-draw.md).
 * @returns the permutation of 0…size − 1
 */
export function firstPermutation(seed: string, size: number): (value: number) => number {
  let half = 2;
  while (half * half < size) half *= 2;
  return (from) => {
    let value = from;
    do {
      let [left, right] = [Math.floor(value / half), value % half];
      for (let round = 0; round < 4; round += 1) {
        const digest = hash('sha1', `${seed}:${round}:${right}`, 'hex');
        [left, right] = [right, (left + (Number.parseInt(digest.slice(0, 8), 16) % half)) % half];
      }
      value = left * half + right;
    } while (value >= size);
    return value;
  };
}
