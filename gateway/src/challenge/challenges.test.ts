import { createHmac } from 'node:crypto';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { expect, test } from 'vitest';
import { CHALLENGE_MS, createChallenges } from './challenges.ts';

const SECRET = 'a-secret-of-the-tickets-at-least-32';
const OTHER = 'another-secret-that-nobody-knows-here';
const ROOM = { id: 'drop', epoch: 3 };
const EASY = 20;
const ours = createChallenges([SECRET]);

const pack = (challenge: unknown, solution: unknown) =>
  Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
async function solve(challenge: Challenge) {
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error('not solved in time');
  return solution;
}
const codeOf = (checking: Promise<unknown>) =>
  checking.then(
    () => 'accepted',
    (problem) => problem.code,
  );

test('a solved challenge is accepted for its room, with a unique id and its expiry', async () => {
  const now = Date.now();
  const ids = new Set<string>();
  for (let round = 0; round < 3; round += 1) {
    const challenge = await ours.make(ROOM, EASY, now);
    const solved = await ours.check(ROOM, pack(challenge, await solve(challenge)));
    ids.add(solved.id);
    expect(solved.id).toHaveLength(16);
    expect(solved.expiresMs).toBeGreaterThanOrEqual(now + CHALLENGE_MS);
    expect(solved.expiresMs).toBeLessThan(now + CHALLENGE_MS + 1_000);
  }
  expect(ids.size).toBe(3);
});

test('a challenge is refused by another room, after a reset, and by another installation', async () => {
  const challenge = await ours.make(ROOM, EASY, Date.now());
  const proof = pack(challenge, await solve(challenge));
  expect(await codeOf(ours.check(ROOM, proof))).toBe('accepted');
  expect(await codeOf(ours.check({ ...ROOM, id: 'other' }, proof))).toBe('proof_invalid');
  expect(await codeOf(ours.check({ ...ROOM, epoch: 4 }, proof))).toBe('proof_invalid');
  expect(await codeOf(createChallenges([OTHER]).check(ROOM, proof))).toBe('proof_invalid');
});

test('a challenge outlives a change of the ticket secret', async () => {
  const challenge = await ours.make(ROOM, EASY, Date.now());
  const proof = pack(challenge, await solve(challenge));
  expect(await codeOf(createChallenges([OTHER, SECRET]).check(ROOM, proof))).toBe('accepted');
});

test('an expired challenge is refused even with its solution', async () => {
  const challenge = await ours.make(ROOM, EASY, Date.now() - CHALLENGE_MS - 2_000);
  expect(await codeOf(ours.check(ROOM, pack(challenge, await solve(challenge))))).toBe('proof_invalid');
});

test('altered, guessed or forged input is refused, and never causes another error', async () => {
  const challenge = await ours.make(ROOM, EASY, Date.now());
  const solution = await solve(challenge);
  const { parameters, signature } = challenge;
  const altered = (change: object) => pack({ parameters: { ...parameters, ...change }, signature }, solution);
  const prefix = parameters.keyPrefix as string;
  const ownSecret = createHmac('sha256', 'mine').update('x').digest('hex');
  const attempts: Record<string, string> = {
    'a later end': altered({ expiresAt: Number(parameters.expiresAt) + 3_600 }),
    'another nonce': altered({ nonce: '0'.repeat(32) }),
    'fewer rounds': altered({ cost: 1 }),
    'no signed key': altered({ keySignature: undefined }),
    'a key signature of mine': altered({ keySignature: ownSecret }),
    'a foreign signature': pack({ parameters, signature: ownSecret }, solution),
    'no signature': pack({ parameters }, solution),
    'only the beginning of the key': pack(challenge, { ...solution, derivedKey: prefix + '0'.repeat(32) }),
    'another key': pack(challenge, { ...solution, derivedKey: ownSecret }),
    'no solution': pack(challenge, undefined),
    'a solution of wrong types': pack(challenge, { counter: {}, derivedKey: ['00'] }),
    'a polluted object': pack(JSON.parse('{"__proto__": {"parameters": {}}}'), solution),
    'a list': Buffer.from('[]').toString('base64'),
    'no JSON': Buffer.from('{').toString('base64'),
    'no base64': '%%%',
  };
  for (const [what, proof] of Object.entries(attempts))
    expect([what, await codeOf(ours.check(ROOM, proof))]).toEqual([what, 'proof_invalid']);
});

test('the work is spread uniformly up to twice the difficulty', async () => {
  const counters: number[] = [];
  for (let round = 0; round < 60; round += 1)
    counters.push((await solve(await ours.make(ROOM, EASY, Date.now()))).counter);
  expect(Math.max(...counters)).toBeLessThan(2 * EASY);
  expect(Math.max(...counters)).toBeGreaterThan(EASY);
  expect(Math.min(...counters)).toBeLessThan(EASY);
});
