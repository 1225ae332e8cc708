import { hkdfSync, randomInt } from 'node:crypto';
import { Problem } from '@shopfast/kit/errors';
import { type Challenge, createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';

const ALGORITHM = 'PBKDF2/SHA-256';
/** PBKDF2 rounds of one derivation: enough that a browser's overhead does not matter, 0.15 ms for us. */
const ROUNDS = 1_000;
/** The time to solve and use a challenge. */
export const CHALLENGE_MS = 120_000;

/** The room of a challenge. After a reset of the room (a new epoch) the challenge is void. */
export type Purpose = { id: string; epoch: number };

export type SolvedChallenge = {
  /** Unique per challenge, 16 characters. */
  id: string;
  expiresMs: number;
};

/**
 * Creates ALTCHA challenges (version 2 of its protocol) and checks their solutions. Nothing is stored: a challenge is
 * signed, and contains its room and its expiry. Creating one takes one key derivation, checking one takes two HMACs.
 */
export type Challenges = {
  /** @param difficulty mean number of key derivations for the solver; at most twice as many */
  make(purpose: Purpose, difficulty: number, nowMs: number): Promise<Challenge>;
  /**
   * @param proof base64 of `{ challenge, solution }` in JSON, as ALTCHA's own solvers send it
   * @throws Problem proof_invalid
   */
  check(purpose: Purpose, proof: string): Promise<SolvedChallenge>;
};

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** Exactly what we create. Strict, so that no unexpected input reaches the library that checks it. */
const payload = z.strictObject({
  challenge: z.strictObject({
    parameters: z.strictObject({
      algorithm: z.literal(ALGORITHM),
      cost: z.literal(ROUNDS),
      data: z.strictObject({ room: z.string().max(48), epoch: z.int() }),
      expiresAt: z.int(),
      keyLength: z.literal(32),
      keyPrefix: hex(16),
      keySignature: hex(32),
      nonce: hex(16),
      salt: hex(16),
    }),
    signature: hex(32),
  }),
  solution: z.object({
    counter: z.int().min(0).max(0xffff_ffff),
    derivedKey: hex(32),
    time: z.number().optional(),
  }),
});

/** @param secrets the ticket secrets: the first signs, all are accepted */
export function createChallenges(secrets: readonly string[]): Challenges {
  const keys = secrets.map((secret) => ({
    hmacSignatureSecret: deriveSecret(secret, 'shopfast challenge'),
    hmacKeySignatureSecret: deriveSecret(secret, 'shopfast challenge solution'),
  }));
  const [signing] = keys;
  if (!signing) throw new Error('challenges need at least one secret');

  return {
    make: (purpose, difficulty, nowMs) =>
      createChallenge({
        algorithm: ALGORITHM,
        cost: ROUNDS,
        // Uniform: nobody needs more than twice the mean, and skipping the first tries gains nothing.
        counter: randomInt(2 * difficulty),
        data: { room: purpose.id, epoch: purpose.epoch },
        deriveKey,
        expiresAt: Math.ceil((nowMs + CHALLENGE_MS) / 1_000),
        keyLength: 32,
        ...signing,
      }),
    check: async (purpose, proof) => {
      const { challenge, solution } = readProof(proof);
      const { data, nonce, expiresAt } = challenge.parameters;
      if (data.room !== purpose.id) throw refusal('It is for another room.');
      if (data.epoch !== purpose.epoch) throw refusal('It was issued before the room was reset.');
      await verify(challenge, solution, keys);
      return {
        id: Buffer.from(nonce, 'hex').toString('base64url').slice(0, 16),
        expiresMs: expiresAt * 1_000,
      };
    },
  };
}

type Keys = { hmacSignatureSecret: string; hmacKeySignatureSecret: string };
type Proof = z.output<typeof payload>;

async function verify(
  challenge: Proof['challenge'],
  solution: Proof['solution'],
  keys: readonly Keys[],
): Promise<void> {
  const { counter, derivedKey } = solution;
  for (const key of keys) {
    const result = await verifySolution({ challenge, solution: { counter, derivedKey }, deriveKey, ...key });
    if (result.verified) return;
    if (result.expired) throw refusal('It has expired.');
    if (result.invalidSolution) throw refusal('It does not solve the challenge.');
  }
  throw refusal('The challenge was not issued here.');
}

function readProof(proof: string): Proof {
  let given: unknown;
  try {
    given = JSON.parse(Buffer.from(proof, 'base64').toString('utf8'));
  } catch {
    throw refusal('It cannot be read.');
  }
  const parsed = payload.safeParse(given);
  if (!parsed.success) throw refusal('It cannot be read.');
  return parsed.data;
}

const refusal = (detail: string) => new Problem('proof_invalid', { detail });

function deriveSecret(secret: string, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)).toString('base64url');
}
