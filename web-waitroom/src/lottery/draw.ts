/** What a room publishes after its draw. Rooms from before versions have none: version 1. */
export type Draw = { seed: string; size: number; version?: number };

const ROUNDS = 16;
const FEWEST_BITS = 6;
/** A digest has 16 words of 16 bits. */
const WORDS_PER_DIGEST = 16;

/**
 * The number of an arrival index, computed with the browser's Web Crypto. The same algorithm as in the gateway:
 * `docs/fairness.md` describes it, and `docs/lottery-vectors.json` tests it.
 */
export async function numberOf(index: number, { seed, size, version = 1 }: Draw): Promise<number> {
  if (size < 2 || index > size) return index;
  return (
    (version === 1 ? await permuteFirst(index - 1, seed, size) : await permute(index - 1, seed, size)) + 1
  );
}

async function permute(from: number, seed: string, size: number): Promise<number> {
  const digest = await openDigests(seed);
  const word = async (round: number, half: number) =>
    (await digest(`${round}:${Math.floor(half / WORDS_PER_DIGEST)}`)).getUint16(
      (half % WORDS_PER_DIGEST) * 2,
    );
  let bits = FEWEST_BITS;
  while (2 ** bits < size) bits += 1;
  const [leftPlaces, rightPlaces] = [2 ** Math.floor(bits / 2), 2 ** Math.ceil(bits / 2)];

  const changesFirstTwo = (await digest('swap')).getUint8(0) % 2 === 1;
  let value = changesFirstTwo && from < 2 ? 1 - from : from;
  do {
    let left = Math.floor(value / rightPlaces);
    let right = value % rightPlaces;
    for (let round = 0; round < ROUNDS; round += 2) {
      left ^= (await word(round, right)) % leftPlaces;
      right ^= (await word(round + 1, left)) % rightPlaces;
    }
    value = left * rightPlaces + right;
  } while (value >= size);
  return value;
}

/** HMAC-SHA-256 with the seed's text as key; each message is hashed once. */
async function openDigests(seed: string): Promise<(message: string) => Promise<DataView>> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytesOf(seed), algorithm, false, ['sign']);
  const digests = new Map<string, Promise<DataView>>();
  return (message) => {
    const known =
      digests.get(message) ??
      crypto.subtle.sign('HMAC', key, bytesOf(message)).then((bytes) => new DataView(bytes));
    digests.set(message, known);
    return known;
  };
}

/** Version 1: four rounds of SHA-1, for old rooms. */
async function permuteFirst(from: number, seed: string, size: number): Promise<number> {
  let half = 2;
  while (half * half < size) half *= 2;
  let value = from;
  do {
    let left = Math.floor(value / half);
    let right = value % half;
    for (let round = 0; round < 4; round += 1) {
      const digest = new DataView(await digestOf('SHA-1', `${seed}:${round}:${right}`));
      [left, right] = [right, (left + (digest.getUint32(0) % half)) % half];
    }
    value = left * half + right;
  } while (value >= size);
  return value;
}

/** The commitment, hex: SHA-256 of `v2:` and the seed; in version 1 of the seed alone. */
export async function commitmentTo(seed: string, version = 1): Promise<string> {
  const bytes = new Uint8Array(await digestOf('SHA-256', version === 1 ? seed : `v${version}:${seed}`));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The version in which the commitment belongs to this seed; null: it does not belong to it. */
export async function versionOf(seed: string, commitment: string): Promise<number | null> {
  for (const version of [2, 1]) if ((await commitmentTo(seed, version)) === commitment) return version;
  return null;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const digestOf = (algorithm: string, text: string) => crypto.subtle.digest(algorithm, bytesOf(text));
