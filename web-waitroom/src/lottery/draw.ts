/** What a room publishes once its lottery was drawn. */
export type Draw = { seed: string; size: number };

/**
 * The number of an arrival index, computed with the browser's own cryptography: the same network as the gateway's, written
 * down in `docs/fairness.md` and held against `docs/lottery-vectors.json`.
 */
export async function numberOf(index: number, { seed, size }: Draw): Promise<number> {
  if (size < 2 || index > size) return index;
  let half = 2;
  while (half * half < size) half *= 2;
  let value = index - 1;
  do {
    let left = Math.floor(value / half);
    let right = value % half;
    for (let round = 0; round < 4; round += 1) {
      const digest = new DataView(await digestOf('SHA-1', `${seed}:${round}:${right}`));
      [left, right] = [right, (left + (digest.getUint32(0) % half)) % half];
    }
    value = left * half + right;
  } while (value >= size);
  return value + 1;
}

/** SHA-256 of the seed, hex: what was published before. */
export async function commitmentTo(seed: string): Promise<string> {
  const bytes = new Uint8Array(await digestOf('SHA-256', seed));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const digestOf = (algorithm: string, text: string) =>
  crypto.subtle.digest(algorithm, new TextEncoder().encode(text));
