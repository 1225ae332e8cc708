import { expect, test } from 'vitest';
import { readReservation } from './reservation.ts';

const tokenOf = (claims: object) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;

test('room, end and limits are read from the token', () => {
  const token = tokenOf({ room: 'größe', jti: 'j', exp: 1_800_000_000, max_quantity: 2, products: ['a'] });
  expect(readReservation(token)).toEqual({
    token,
    room: 'größe',
    jti: 'j',
    expiresAt: 1_800_000_000_000,
    maxQuantity: 2,
    products: ['a'],
  });
});

test.each([
  '',
  'nonsense',
  'a.b.c',
  tokenOf({ room: 'x' }),
  `x.${Buffer.from('null').toString('base64url')}.y`,
])('anything else is not a reservation token: %j', (token) => {
  expect(readReservation(token)).toBeNull();
});
