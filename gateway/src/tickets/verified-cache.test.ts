import { randomBytes } from 'node:crypto';
import { randomId } from '@shopfast/kit/random-id';
import { expect, test } from 'vitest';
import { createTicketSigner, type TicketSigner } from './ticket.ts';
import { cacheVerified } from './verified-cache.ts';

const ticketOf = (index: number) => ({ ...blank, index, id: randomId() });
const blank = { room: 'launch', epoch: 1, joinedAt: 1_800_000_000, estimatedSeconds: 60 };

function counted(): { signer: TicketSigner; verified: () => number } {
  const signer = createTicketSigner([randomBytes(32).toString('hex')]);
  let times = 0;
  return {
    verified: () => times,
    signer: {
      sign: signer.sign,
      verify: (secret) => {
        times += 1;
        return signer.verify(secret);
      },
    },
  };
}

test('a repeated ticket is not verified again, and a forged one is refused every time', () => {
  const { signer, verified } = counted();
  const remembering = cacheVerified(signer);
  const secret = signer.sign(ticketOf(7));
  for (let time = 0; time < 5; time += 1) expect(remembering.verify(secret)).toMatchObject({ index: 7 });
  expect(verified()).toBe(1);
  const forged = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'Q' : 'A'}`;
  for (let time = 0; time < 3; time += 1) expect(remembering.verify(forged)).toBeNull();
  expect(verified()).toBe(4);
});

test('the cache is bounded, and keeps tickets in use', () => {
  const { signer, verified } = counted();
  const remembering = cacheVerified(signer, 10);
  const busy = signer.sign(ticketOf(1));
  for (let index = 2; index < 200; index += 1) {
    remembering.verify(signer.sign(ticketOf(index)));
    remembering.verify(busy);
  }
  expect(verified()).toBe(199);
  const forgotten = signer.sign(ticketOf(500));
  remembering.verify(forgotten);
  for (let index = 600; index < 640; index += 1) remembering.verify(signer.sign(ticketOf(index)));
  const before = verified();
  remembering.verify(forgotten);
  expect(verified()).toBe(before + 1);
});
