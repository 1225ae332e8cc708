import { randomBytes } from 'node:crypto';
import { randomId } from '@shopfast/kit/random-id';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTicketSigner } from './ticket.ts';

const ticket = () => ({
  room: 'launch',
  epoch: 3,
  index: 123_456,
  id: randomId(),
  joinedAt: 1_795_000_000,
  estimatedSeconds: 240,
});

test('a ticket has the signed values', () => {
  const signer = createTicketSigner([randomBytes(32).toString('hex')]);
  const given = ticket();
  expect(signer.verify(signer.sign(given))).toEqual(given);
});

test('a change of a single character is refused', () => {
  const signer = createTicketSigner([randomBytes(32).toString('hex')]);
  const secret = signer.sign(ticket());
  fc.assert(
    fc.property(fc.nat({ max: secret.length - 2 }), fc.constantFrom(...'abcXYZ0189-_.'), (at, other) => {
      fc.pre(secret[at] !== other);
      expect(signer.verify(secret.slice(0, at) + other + secret.slice(at + 1))).toBeNull();
    }),
    { numRuns: 500 },
  );
});

test('after a change of the secret, old tickets are accepted as long as the old secret is listed', () => {
  const [old, fresh] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
  const secret = createTicketSigner([old]).sign(ticket());
  expect(createTicketSigner([fresh, old]).verify(secret)).not.toBeNull();
  expect(createTicketSigner([fresh]).verify(secret)).toBeNull();
});
