/** The parts of a challenge (`GET …/challenge`) that the solver needs. The rest is sent back unchanged. */
export type Challenge = {
  parameters: { cost: number; keyLength: number; keyPrefix: string; nonce: string; salt: string };
};

/** Parallel derivations: hides the latency of the browser's own threads. */
const AT_ONCE = 8;

/**
 * Finds the counter whose derived key starts with the challenge's prefix (ALTCHA 2, PBKDF2/SHA-256). The browser
 * derives keys outside the page's thread, so the page stays responsive.
 * @returns the `proof` of the join
 * @throws if the page has no Web Crypto: over plain http, except on localhost
 */
export async function solve(challenge: Challenge, subtle = crypto.subtle): Promise<string> {
  const { cost, keyLength, keyPrefix, nonce, salt } = challenge.parameters;
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations: cost };
  const start = bytesOf(nonce);

  const derive = async (counter: number): Promise<string> => {
    const password = new Uint8Array(start.length + 4);
    password.set(start);
    new DataView(password.buffer).setUint32(start.length, counter);
    const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    return hexOf(await subtle.deriveBits(algorithm, key, keyLength * 8));
  };

  for (let first = 0; ; first += AT_ONCE) {
    const derived = await Promise.all(Array.from({ length: AT_ONCE }, (_, step) => derive(first + step)));
    const found = derived.findIndex((key) => key.startsWith(keyPrefix));
    if (found < 0) continue;
    return btoa(
      JSON.stringify({ challenge, solution: { counter: first + found, derivedKey: derived[found] } }),
    );
  }
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
