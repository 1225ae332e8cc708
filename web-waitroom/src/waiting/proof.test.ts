import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { solve } from './proof.ts';

/** A challenge whose solution is `counter`, made with another implementation of the same standard. */
function challengeFor(counter: number) {
  const nonce = randomBytes(16);
  const salt = randomBytes(16);
  const password = Buffer.alloc(20);
  nonce.copy(password);
  password.writeUInt32BE(counter, 16);
  const key = pbkdf2Sync(password, salt, 10, 32, 'sha256').toString('hex');
  const parameters = {
    cost: 10,
    keyLength: 32,
    keyPrefix: key.slice(0, 32),
    nonce: nonce.toString('hex'),
    salt: salt.toString('hex'),
  };
  return { challenge: { parameters, signature: 'as it came' }, key };
}

test.each([0, 7, 8, 300])(
  'finds the counter %d, and sends the challenge back as it came',
  async (counter) => {
    const { challenge, key } = challengeFor(counter);
    const proof = JSON.parse(atob(await solve(challenge)));
    expect(proof).toEqual({ challenge, solution: { counter, derivedKey: key } });
  },
);

test('fails, instead of waiting for ever, where the browser has no Web Crypto', async () => {
  const { challenge } = challengeFor(1);
  await expect(solve(challenge, null as never)).rejects.toThrow();
});
