import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { RESERVATION_TOKEN } from '../contracts/token.ts';
import { withLowS } from './low-s.ts';
import { claimedJti, looksLikeReservation, verifyReservation } from './verify.ts';

const NOW_MS = 1_800_000_000_000;
const ISSUER = 'https://shop.example';
const CLAIMS = {
  ...{ iss: ISSUER, aud: 'checkout', sub: 'ticket', room: 'drop', epoch: 7, jti: 'drop.7.ticket', number: 3 },
  ...{ iat: NOW_MS / 1_000, nbf: NOW_MS / 1_000, exp: NOW_MS / 1_000 + 600, bnd: 'x'.repeat(43) },
};

let keys: ReturnType<typeof createLocalJWKSet>;
let sign: (claims?: object, header?: object) => Promise<string>;
beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] });
  sign = (claims = {}, header = {}) =>
    new SignJWT({ ...CLAIMS, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: RESERVATION_TOKEN.typ, kid: 'k', ...header })
      .sign(privateKey)
      .then(withLowS);
});

const verify = (token: string, nowMs = NOW_MS) => verifyReservation({ keys, issuer: ISSUER, nowMs }, token);
const refused = (token: string) => expect(verify(token)).rejects.toMatchObject({ code: 'token_invalid' });

/** The order of the curve P-256. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/** The same token with the other of its two valid signatures. */
function otherSignature(token: string): string {
  const [head, payload, signature] = token.split('.') as [string, string, string];
  const bytes = Buffer.from(signature, 'base64url');
  const s = ORDER - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
  bytes.write(s.toString(16).padStart(64, '0'), 32, 'hex');
  return `${head}.${payload}.${bytes.toString('base64url')}`;
}

test('a token is read with its generation, also up to five seconds after its expiry', async () => {
  const token = await sign();
  expect(await verify(token)).toEqual({ claims: expect.objectContaining({ epoch: 7 }), expired: false });
  expect((await verify(token, NOW_MS + 604_000)).expired).toBe(false);
  expect((await verify(token, NOW_MS + 605_000)).expired).toBe(true);
});

describe('only one text of a token is valid:', () => {
  const odd: [string, (token: string) => string][] = [
    ['padding', (token) => `${token}==`],
    ['padding inside', (token) => token.replace('.', '=.')],
    ['a newline', (token) => `${token}\n`],
    ['a space inside', (token) => token.replace('.', ' .')],
    ['a fourth part', (token) => `${token}.`],
    ['the alphabet of plain base64', (token) => `${token.replaceAll('-', '+').replaceAll('_', '/')}/`],
    ['bits beyond the signature', (token) => token.slice(0, -1) + next(token.at(-1) as string)],
    ['one more character', (token) => `${token}A`],
  ];
  const next = (character: string) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    return alphabet[alphabet.indexOf(character) + 1] as string;
  };
  test.each(odd)('not %s', async (_, change) => {
    const token = await sign();
    expect(await verify(token)).toBeDefined();
    await refused(change(token));
  });

  test.each([
    { typ: 'Reservation+JWT' },
    { typ: 'application/reservation+jwt' },
    { typ: 'JWT' },
    { typ: undefined },
  ])('not the header %j', async (header) => refused(await sign({}, header)));

  test('nor its other valid ECDSA signature', async () => {
    for (let count = 0; count < 20; count += 1) {
      const token = await sign({ number: count });
      const other = otherSignature(token);
      expect(other).not.toBe(token);
      expect((await verify(token)).claims.number).toBe(count);
      await refused(other);
      expect(withLowS(other)).toBe(token);
      expect(claimedJti(other)).toBe(claimedJti(token));
    }
  });

  test('but either signature of an older token without the epoch claim, until it expires', async () => {
    const token = await sign({ epoch: undefined });
    for (const text of [token, otherSignature(token)]) expect((await verify(text)).claims.epoch).toBe(7);
  });

  test.each([
    { jti: 'drop.7.a\u0000b' },
    { sub: 'a\u0000b' },
    { sub: '\ud800' },
    { room: 'drop shop', jti: 'drop shop.7.ticket' },
    { bnd: 'x'.repeat(101) },
  ])('nor ids that the gateway does not make: %j', async (claims) => {
    await refused(await sign(claims));
  });
});

describe('the generation of a token', () => {
  test.each([
    { epoch: undefined, jti: 'anything' },
    { epoch: 0 },
    { epoch: 7.5 },
    { epoch: '7' },
    { epoch: 8 },
  ])('must be named once: %j', async (claims) => refused(await sign(claims)));

  test('comes from the id in older tokens without the claim', async () => {
    expect((await verify(await sign({ epoch: undefined }))).claims.epoch).toBe(7);
    await refused(await sign({ epoch: undefined, room: 'other' }));
  });
});

test('a reservation token is distinguished from foreign tokens, in any spelling', async () => {
  const token = await sign();
  expect(looksLikeReservation(token)).toBe(true);
  expect(looksLikeReservation(await sign({}, { typ: 'Reservation+JWT' }))).toBe(true);
  for (const other of [await sign({}, { typ: 'JWT' }), 'the-shops-own', 'eyJ', 'eyJhIjoxfQ.x.y', 'null', ''])
    expect(looksLikeReservation(other)).toBe(false);
});
