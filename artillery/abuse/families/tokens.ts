import { randomUUID } from 'node:crypto';
import { claimAnswer, joinAnswer } from '@shopfast/kit/contracts/api';
import { rehearsalPassDocument } from '@shopfast/kit/contracts/rooms';
import { present } from '@shopfast/kit/narrow';
import { type Answer, documentOf } from '../answer.ts';
import { family, type Refusal, type Row, refuse } from '../case.ts';
import { altered, encode, genuine, hmacSigned, ownSigned, publicKey, readJwt, resigned } from '../forge.ts';
import type { Need } from '../needs.ts';
import {
  type Credential,
  gateRequest,
  gateReservation,
  goodGateReservation,
  goodReservation,
  orderRequest,
  placeOrder,
  type Reservation,
  reserve,
} from '../reservations.ts';
import { joinRoom, makeProduct, makeRoom, ownShop, QUICK, quickShop, ticketHeaders } from '../rooms.ts';
import { until, type World } from '../world.ts';

/** A credential that is derived from a valid reservation. */
type Forgery = {
  id: string;
  title: string;
  source: string;
  needs?: readonly Need[];
  reduced?: boolean;
  forge: (good: Reservation, world: World) => Credential | Promise<Credential>;
  /** Default: 401 token_invalid. */
  atOrder?: Refusal;
};

const token =
  (change: (token: string, world: World) => string | Promise<string>) =>
  async ({ token, binding }: Reservation, world: World): Promise<Credential> => ({
    token: await change(token, world),
    binding,
  });

const JWS = 'RFC 8725 3.1';
const CANONICAL = 'S27';
const WRONG_ROOM = refuse(403, 'token_wrong_room');
const P256_ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/** Valid for a lenient verifier: s becomes n − s. */
function malleated(signature: Buffer): Buffer {
  const s = BigInt(`0x${signature.subarray(32).toString('hex')}`);
  const other = (P256_ORDER - s).toString(16).padStart(64, '0');
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(other, 'hex')]);
}

/** ASN.1, as OpenSSL writes it, instead of r and s in a row. */
function der(signature: Buffer): Buffer {
  const integer = (bytes: Buffer) => {
    const positive = (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
    return Buffer.concat([Buffer.of(2, positive.length), positive]);
  };
  const body = Buffer.concat([integer(signature.subarray(0, 32)), integer(signature.subarray(32))]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

/** Another last character that decodes to the same bytes, because its lowest bits are ignored. */
function dangling(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const at = alphabet.indexOf(text.slice(-1));
  const free = text.length % 4 === 2 ? 16 : 4;
  return text.slice(0, -1) + alphabet[Math.floor(at / free) * free + (((at % free) + 1) % free)];
}

const inParts = (change: (parts: [string, string, string]) => string) =>
  token((good) => change(readJwt(good).parts));
const signed = (change: { header?: object; claims?: object; payload?: string }) =>
  token((good, world) => genuine(world, good, change));

/** Sent to the checkout and to a protected path: both must give the same answer (S27). */
const FORGERIES: readonly Forgery[] = [
  // No token, or none at all
  {
    id: 'garbage',
    title: 'a word instead of a token',
    source: JWS,
    reduced: true,
    forge: token(() => 'nonsense'),
  },
  {
    id: 'two-parts',
    title: 'a token without its signature part',
    source: JWS,
    forge: inParts(([h, p]) => `${h}.${p}`),
  },
  {
    id: 'empty-signature',
    title: 'a token with an empty signature',
    source: JWS,
    forge: inParts(([h, p]) => `${h}.${p}.`),
  },
  {
    id: 'empty-payload',
    title: 'a token with an empty payload',
    source: JWS,
    forge: inParts(([h, , s]) => `${h}..${s}`),
  },
  {
    id: 'four-parts',
    title: 'a token with a fourth part',
    source: JWS,
    forge: inParts((parts) => `${parts.join('.')}.AAAA`),
  },
  {
    id: 'jwe-form',
    title: 'five parts, as of an encrypted token',
    source: 'RFC 8725 2.5',
    forge: inParts(([h, p, s]) => `${h}.${p}.${s}.${p}.${s}`),
  },
  {
    id: 'json-form',
    title: 'the JSON serialisation of a JWS',
    source: 'RFC 7515 7.2',
    forge: inParts(([h, p, s]) => JSON.stringify({ protected: h, payload: p, signature: s })),
  },
  // Algorithms
  {
    id: 'alg-none',
    title: 'alg none, unsigned',
    source: 'RFC 8725 3.2',
    reduced: true,
    forge: inParts(([, p]) => `${encode({ alg: 'none', typ: 'reservation+jwt' })}.${p}.`),
  },
  {
    id: 'alg-none-signed',
    title: 'alg none with a signature that stays',
    source: 'RFC 8725 3.2',
    forge: token((good) => altered(good, { header: { alg: 'none' } })),
  },
  {
    id: 'alg-none-case',
    title: 'alg nOnE',
    source: 'RFC 8725 3.2',
    forge: inParts(([, p]) => `${encode({ alg: 'nOnE', typ: 'reservation+jwt' })}.${p}.`),
  },
  {
    id: 'alg-hs256-pem',
    title: 'HMAC with the public key (PEM) as its secret',
    source: 'RFC 8725 2.1',
    forge: token(async (good, world) => hmacSigned(good, (await publicKey(world)).pem)),
  },
  {
    id: 'alg-hs256-jwk',
    title: 'HMAC with the public key (JWK) as its secret',
    source: 'RFC 8725 2.1',
    forge: token(async (good, world) => hmacSigned(good, JSON.stringify((await publicKey(world)).jwk))),
  },
  {
    id: 'alg-hs256-empty',
    title: 'HMAC with an empty secret',
    source: 'RFC 8725 3.5',
    forge: token((good) => hmacSigned(good, '')),
  },
  {
    id: 'alg-hs512',
    title: 'HMAC-SHA-512 with the key id as its secret',
    source: 'RFC 8725 2.1',
    forge: token((good) => hmacSigned(good, String(readJwt(good).header.kid), 'HS512')),
  },
  {
    id: 'alg-es384',
    title: 'another algorithm named over the same signature',
    source: 'RFC 8725 3.1',
    forge: token((good) => altered(good, { header: { alg: 'ES384' } })),
  },
  {
    id: 'alg-missing',
    title: 'no algorithm named',
    source: 'RFC 8725 3.1',
    forge: token((good) => altered(good, { header: { alg: undefined } })),
  },
  {
    id: 'alg-list',
    title: 'a list of algorithms',
    source: 'RFC 8725 3.1',
    forge: token((good) => altered(good, { header: { alg: ['ES256', 'none'] } })),
  },
  // Keys of the attacker's own
  {
    id: 'own-key',
    title: 'signed with another key under the known key id',
    source: JWS,
    reduced: true,
    forge: token((good) => ownSigned(good)),
  },
  {
    id: 'own-key-jwk',
    title: 'the key in the header itself (jwk)',
    source: 'RFC 8725 3.10',
    forge: token((good) => ownSigned(good, { jwk: true })),
  },
  {
    id: 'own-key-jku',
    title: 'the address of a key set in the header (jku)',
    source: 'RFC 8725 3.10',
    forge: token((good) => ownSigned(good, { jku: 'http://127.0.0.1:9/jwks.json' })),
  },
  {
    id: 'own-key-x5u',
    title: 'the address of a certificate in the header (x5u)',
    source: 'RFC 8725 3.10',
    forge: token((good) => ownSigned(good, { x5u: 'http://127.0.0.1:9/cert.pem' })),
  },
  {
    id: 'own-key-x5c',
    title: 'a certificate in the header (x5c)',
    source: 'RFC 8725 3.10',
    forge: token((good) => ownSigned(good, { x5c: ['MIIBAAAA'] })),
  },
  {
    id: 'kid-path',
    title: 'a key id that is a path',
    source: 'RFC 8725 3.10',
    forge: token((good) => ownSigned(good, { kid: '../../../dev/null' })),
  },
  {
    id: 'kid-sql',
    title: 'a key id that is SQL',
    source: 'RFC 8725 3.10',
    forge: token((good) => ownSigned(good, { kid: "' or 1=1 --" })),
  },
  {
    id: 'kid-unknown',
    title: 'a key id that nobody knows',
    source: JWS,
    forge: token((good) => ownSigned(good, { kid: randomUUID() })),
  },
  {
    id: 'kid-missing',
    title: 'no key id',
    source: JWS,
    forge: token((good) => ownSigned(good, { kid: undefined })),
  },
  {
    id: 'kid-object',
    title: 'a key id that is an object',
    source: 'RFC 8725 3.10',
    forge: token((good) => ownSigned(good, { kid: { $ne: null } })),
  },
  {
    id: 'kid-prototype',
    title: 'a key id that every object has',
    source: 'RFC 8725 3.10',
    forge: token((good) => ownSigned(good, { kid: '__proto__' })),
  },
  // Other encodings of a valid token
  {
    id: 'padding',
    title: 'base64 padding after a good token',
    source: CANONICAL,
    reduced: true,
    forge: token((good) => `${good}==`),
  },
  {
    id: 'dangling-signature',
    title: 'other dangling bits in the signature',
    source: CANONICAL,
    forge: inParts(([h, p, s]) => `${h}.${p}.${dangling(s)}`),
  },
  {
    id: 'malleated',
    title: 'n − s instead of s',
    source: CANONICAL,
    forge: token((good) => resigned(good, malleated)),
  },
  {
    id: 'signature-der',
    title: 'the signature in ASN.1',
    source: CANONICAL,
    forge: token((good) => resigned(good, der)),
  },
  {
    id: 'signature-zero',
    title: 'a signature of zeros',
    source: 'CVE-2022-21449',
    forge: token((good) => resigned(good, () => Buffer.alloc(64))),
  },
  {
    id: 'signature-order',
    title: 'a signature of the order of the curve',
    source: 'CVE-2022-21449',
    forge: token((good) => resigned(good, () => Buffer.from(P256_ORDER.toString(16).repeat(2), 'hex'))),
  },
  {
    id: 'signature-short',
    title: 'a signature without its last byte',
    source: JWS,
    forge: token((good) => resigned(good, (signature) => signature.subarray(0, 63))),
  },
  {
    id: 'signature-long',
    title: 'a signature with an extra byte',
    source: JWS,
    forge: token((good) => resigned(good, (signature) => Buffer.concat([signature, Buffer.of(0)]))),
  },
  {
    id: 'signature-other',
    title: 'the signature of another token',
    source: JWS,
    forge: async (good, world) => {
      const other = await reserve(world, good.room);
      return {
        token: [...readJwt(good.token).parts.slice(0, 2), readJwt(other.token).parts[2]].join('.'),
        binding: good.binding,
      };
    },
  },
  {
    id: 'header-respelled',
    title: 'the same header in another order',
    source: CANONICAL,
    forge: token((good) => {
      const { header, parts } = readJwt(good);
      return `${encode(Object.fromEntries(Object.entries(header).toReversed()))}.${parts[1]}.${parts[2]}`;
    }),
  },
  {
    id: 'typ-case-unsigned',
    title: 'typ in capitals under the old signature',
    source: CANONICAL,
    forge: token((good) => altered(good, { header: { typ: 'RESERVATION+JWT' } })),
  },
  // Claims changed
  {
    id: 'claim-exp',
    title: 'a later end',
    source: JWS,
    reduced: true,
    forge: token((good) => altered(good, { claims: { exp: 9_999_999_999 } })),
  },
  {
    id: 'claim-room',
    title: 'another room',
    source: JWS,
    forge: token((good) => altered(good, { claims: { room: 'elsewhere' } })),
  },
  {
    id: 'claim-jti',
    title: 'another id, so that it buys again',
    source: JWS,
    forge: token((good) => altered(good, { claims: { jti: randomUUID() } })),
  },
  {
    id: 'claim-bnd',
    title: 'bound to another browser',
    source: JWS,
    forge: token((good) => altered(good, { claims: { bnd: 'x'.repeat(43) } })),
  },
  {
    id: 'claim-quantity',
    title: 'a higher quantity',
    source: JWS,
    forge: token((good) => altered(good, { claims: { max_quantity: 100 } })),
  },
  {
    id: 'claim-number',
    title: 'a lower number',
    source: JWS,
    forge: token((good) => altered(good, { claims: { number: 999_999 } })),
  },
  {
    id: 'claim-iat',
    title: 'an earlier start',
    source: JWS,
    forge: token((good) => altered(good, { claims: { iat: 0, nbf: 0 } })),
  },
  // Validly signed, but with wrong content
  {
    id: 'signed-typ-missing',
    title: 'genuinely signed without typ',
    source: 'RFC 8725 3.11',
    needs: ['secrets'],
    forge: signed({ header: { typ: undefined } }),
  },
  {
    id: 'signed-typ-jwt',
    title: 'genuinely signed with typ JWT',
    source: 'RFC 8725 3.11',
    needs: ['secrets'],
    forge: signed({ header: { typ: 'JWT' } }),
  },
  {
    id: 'signed-typ-case',
    title: 'genuinely signed with typ in capitals',
    source: CANONICAL,
    needs: ['secrets'],
    forge: signed({ header: { typ: 'Reservation+JWT' } }),
  },
  {
    id: 'signed-typ-media',
    title: 'genuinely signed with the long form of typ',
    source: CANONICAL,
    needs: ['secrets'],
    forge: signed({ header: { typ: 'application/reservation+jwt' } }),
  },
  {
    id: 'signed-crit',
    title: 'genuinely signed with a critical header',
    source: 'RFC 7515 4.1.11',
    needs: ['secrets'],
    forge: signed({ header: { crit: ['exp'] } }),
  },
  {
    id: 'signed-b64-true',
    title: 'genuinely signed with b64 but no crit',
    source: CANONICAL,
    needs: ['secrets'],
    forge: signed({ header: { b64: true } }),
  },
  {
    id: 'signed-b64-false',
    title: 'genuinely signed with b64 false',
    source: 'RFC 7797 6',
    needs: ['secrets'],
    forge: signed({ header: { b64: false, crit: ['b64'] } }),
  },
  {
    id: 'signed-aud-other',
    title: 'genuinely signed for another audience',
    source: 'RFC 8725 3.9',
    needs: ['secrets'],
    forge: signed({ claims: { aud: 'admin' } }),
  },
  {
    id: 'signed-aud-list',
    title: 'genuinely signed for a list of audiences',
    source: CANONICAL,
    needs: ['secrets'],
    forge: signed({ claims: { aud: ['checkout', 'other'] } }),
  },
  {
    id: 'signed-aud-missing',
    title: 'genuinely signed for nobody',
    source: 'RFC 8725 3.9',
    needs: ['secrets'],
    forge: signed({ claims: { aud: undefined } }),
  },
  {
    id: 'signed-iss-other',
    title: 'genuinely signed by another issuer',
    source: 'RFC 8725 3.8',
    needs: ['secrets'],
    forge: signed({ claims: { iss: 'https://evil.example' } }),
  },
  {
    id: 'signed-iss-slash',
    title: 'the issuer with a slash more',
    source: 'RFC 8725 3.8',
    needs: ['secrets'],
    forge: token(async (good, world) =>
      genuine(world, good, { claims: { iss: `${readJwt(good).claims.iss}/` } }),
    ),
  },
  {
    id: 'signed-iss-missing',
    title: 'genuinely signed without issuer',
    source: 'RFC 8725 3.8',
    needs: ['secrets'],
    forge: signed({ claims: { iss: undefined } }),
  },
  {
    id: 'signed-nbf-later',
    title: 'genuinely signed, not good before an hour',
    source: 'RFC 7519 4.1.5',
    needs: ['secrets'],
    forge: token((good, world) =>
      genuine(world, good, { claims: { nbf: Math.floor(Date.now() / 1_000) + 3_600 } }),
    ),
  },
  {
    id: 'signed-exp-missing',
    title: 'genuinely signed without an end',
    source: 'RFC 8725 3.9',
    needs: ['secrets'],
    forge: signed({ claims: { exp: undefined } }),
  },
  {
    id: 'signed-exp-text',
    title: 'an end that is a text',
    source: 'RFC 7519 2',
    needs: ['secrets'],
    forge: signed({ claims: { exp: '9999999999' } }),
  },
  {
    id: 'signed-exp-huge',
    title: 'an end that no clock reaches',
    source: 'RFC 7519 2',
    needs: ['secrets'],
    forge: signed({ claims: { exp: 1e300 } }),
  },
  {
    id: 'signed-jti-missing',
    title: 'genuinely signed without id',
    source: 'RFC 7519 4.1.7',
    needs: ['secrets'],
    forge: signed({ claims: { jti: undefined } }),
  },
  {
    id: 'signed-jti-long',
    title: 'an id of 10,000 characters',
    source: 'S7',
    needs: ['secrets'],
    forge: signed({ claims: { jti: 'j'.repeat(3_000) } }),
  },
  {
    id: 'signed-room-missing',
    title: 'genuinely signed without room',
    source: JWS,
    needs: ['secrets'],
    forge: signed({ claims: { room: undefined } }),
  },
  {
    id: 'signed-room-prototype',
    title: 'a room that every object has',
    source: 'S28',
    needs: ['secrets'],
    forge: signed({ claims: { room: 'constructor' } }),
    atOrder: refuse([401, 403], ['token_invalid', 'token_not_bound', 'token_wrong_room', 'token_revoked']),
  },
  {
    id: 'signed-bnd-missing',
    title: 'genuinely signed, bound to nobody',
    source: JWS,
    needs: ['secrets'],
    forge: signed({ claims: { bnd: undefined } }),
  },
  {
    id: 'signed-generation-missing',
    title: 'genuinely signed without the room’s generation',
    source: 'S1',
    needs: ['secrets'],
    forge: token((good, world) => genuine(world, good, { claims: ofGeneration(good, () => undefined) })),
    atOrder: refuse(401, ['token_invalid', 'token_revoked', 'token_expired']),
  },
  {
    id: 'signed-generation-other',
    title: 'genuinely signed for an earlier generation of the room',
    source: 'S1',
    needs: ['secrets'],
    forge: token((good, world) => genuine(world, good, { claims: ofGeneration(good, (now) => now - 1) })),
    // Before the first generation there is none: no such token is well formed.
    atOrder: refuse([401, 403], ['token_invalid', 'token_wrong_room']),
  },
  {
    id: 'signed-generation-next',
    title: 'genuinely signed for a generation to come',
    source: 'S1',
    needs: ['secrets'],
    forge: token((good, world) => genuine(world, good, { claims: ofGeneration(good, (now) => now + 1) })),
    atOrder: WRONG_ROOM,
  },
  {
    id: 'signed-generation-contradicts',
    title: 'genuinely signed for two generations at once, one in the claim and one in the id',
    source: 'S1',
    needs: ['secrets'],
    forge: token((good, world) =>
      genuine(world, good, { claims: ofGeneration(good, (now) => now + 1, false) }),
    ),
    atOrder: refuse(401, ['token_invalid', 'token_revoked', 'token_expired']),
  },
  {
    id: 'signed-array',
    title: 'genuinely signed claims that are a list',
    source: 'RFC 7519 3',
    needs: ['secrets'],
    forge: signed({ payload: '[]' }),
  },
  {
    id: 'signed-null',
    title: 'genuinely signed claims that are null',
    source: 'RFC 7519 3',
    needs: ['secrets'],
    forge: signed({ payload: 'null' }),
  },
  {
    id: 'signed-nul',
    title: 'NUL in a genuinely signed id',
    source: 'S7',
    needs: ['secrets'],
    forge: signed({ claims: { jti: 'a\u0000b' } }),
  },
  {
    id: 'signed-surrogate',
    title: 'a lone surrogate in a genuinely signed subject',
    source: 'S7',
    needs: ['secrets'],
    forge: token((good, world) =>
      genuine(world, good, {
        payload: JSON.stringify({ ...readJwt(good).claims, sub: 'X' }).replace('"X"', '"\\ud83d"'),
      }),
    ),
  },
  // Other secrets instead of the token
  {
    id: 'ticket-as-token',
    title: 'a ticket instead of the token',
    source: 'RFC 8725 3.11',
    forge: ({ ticket, binding }) => ({ token: ticket, binding }),
    // A credential of another kind is as good as none.
    atOrder: refuse(401, ['token_missing', 'token_invalid']),
  },
  {
    id: 'key-as-token',
    title: 'an admin key instead of the token',
    source: 'OWASP API2:2023',
    forge: ({ binding }, world) => ({ token: world.adminKey, binding }),
  },
  {
    id: 'binding-as-token',
    title: 'the binding instead of the token',
    source: 'OWASP API2:2023',
    forge: ({ binding }) => ({ token: binding, binding }),
  },
  // The binding
  {
    id: 'binding-missing',
    title: 'a good token without its binding',
    source: 'design 5.2',
    reduced: true,
    forge: ({ token }) => ({ token }),
    atOrder: refuse(403, 'token_not_bound'),
  },
  {
    id: 'binding-empty',
    title: 'an empty binding',
    source: 'design 5.2',
    forge: ({ token }) => ({ token, binding: '' }),
    atOrder: refuse(403, 'token_not_bound'),
  },
  {
    id: 'binding-wrong',
    title: 'a binding of somebody’s own making',
    source: 'design 5.2',
    forge: ({ token }) => ({ token, binding: 'A'.repeat(43) }),
    atOrder: refuse(403, 'token_not_bound'),
  },
  {
    id: 'binding-hash',
    title: 'the hash out of the token as the binding',
    source: 'design 5.2',
    forge: ({ token }) => ({ token, binding: String(readJwt(token).claims.bnd) }),
    atOrder: refuse(403, 'token_not_bound'),
  },
  {
    id: 'binding-other',
    title: 'the binding of another shopper',
    source: 'design 5.2',
    forge: async (good, world) => ({ token: good.token, binding: (await reserve(world, good.room)).binding }),
    atOrder: refuse(403, 'token_not_bound'),
  },
  {
    id: 'binding-twice',
    title: 'two bindings, the right one second',
    source: 'RFC 9110 5.3',
    forge: ({ token, binding }) => ({ token, headers: { 'x-binding': ['A'.repeat(43), binding] } }),
    atOrder: refuse(403, 'token_not_bound'),
  },
  {
    id: 'binding-case',
    title: 'the binding in other case',
    source: 'design 5.2',
    forge: ({ token, binding }) => ({ token, binding: swapCase(binding) }),
    atOrder: refuse(403, 'token_not_bound'),
  },
  // Ways to send it
  {
    id: 'scheme-basic',
    title: 'the token under the scheme Basic',
    source: 'RFC 6750 2.1',
    forge: ({ token, binding }) => ({ binding, headers: { authorization: `Basic ${token}` } }),
    atOrder: refuse(401, 'token_missing'),
  },
  {
    id: 'scheme-none',
    title: 'the token without a scheme',
    source: 'RFC 6750 2.1',
    forge: ({ token, binding }) => ({ binding, headers: { authorization: token } }),
    atOrder: refuse(401, 'token_missing'),
  },
  {
    id: 'two-tokens',
    title: 'two tokens in one header',
    source: 'RFC 6750 2',
    forge: ({ token, binding }) => ({
      binding,
      headers: { authorization: `Bearer ${token}, Bearer ${token}` },
    }),
  },
  {
    id: 'token-with-space',
    title: 'a token with a space within',
    source: CANONICAL,
    forge: token((good) => good.replace('.', ' .')),
  },
  {
    id: 'token-with-tab',
    title: 'a token with a tab within',
    source: CANONICAL,
    forge: token((good) => good.replace('.', '\t.')),
  },
  {
    id: 'token-with-latin',
    title: 'a token with a character that is not ASCII',
    source: CANONICAL,
    forge: token((good) => `${good}\u00e9`),
  },
  {
    id: 'token-long',
    title: 'a token of 8,000 characters',
    source: 'OWASP API4:2023',
    forge: inParts(([h, p, s]) => `${h}.${p}${'A'.repeat(8_000)}.${s}`),
  },
];

const swapCase = (text: string) =>
  [...text].map((one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase())).join('');

/**
 * Claims with another generation of the room, wherever the token has it: in the id (`{room}.{generation}.…`) and in a
 * claim. Without both, the unchanged token is sent: if it is accepted, that is the finding.
 */
function ofGeneration(token: string, change: (now: number) => number | undefined, inId = true): object {
  const { claims } = readJwt(token);
  const name = Object.keys(claims).find((claim) => /^(?:epoch|generation|gen)$/i.test(claim));
  const changed = name ? { [name]: change(Number(claims[name])) } : {};
  if (!inId) return changed;
  const jti = String(claims.jti).replace(/\.(\d+)\./, (all, now: string) => {
    const next = change(Number(now));
    return next === undefined ? '.' : all.replace(now, String(next));
  });
  return { ...changed, jti };
}

const INVALID = refuse(401, 'token_invalid');
const AT_GATE = refuse(403, 'queue_required');

const atOrder = ({ forge, atOrder: refusal = INVALID, ...row }: Forgery): Row => ({
  ...row,
  id: `order-${row.id}`,
  title: `an order with ${row.title}`,
  attack: async (world) => {
    const { room, product } = await quickShop(world);
    // A new one each time: a successful attempt would spend a shared one.
    const good = await reserve(world, room);
    return world.send(orderRequest(await forge(good, world), { product }));
  },
  refusal,
});

const atGate = ({ forge, atOrder: _, needs = [], reduced: __, ...row }: Forgery): Row => ({
  ...row,
  id: `gate-${row.id}`,
  title: `a protected path with ${row.title}`,
  needs: [...needs, 'gate'],
  attack: async (world) =>
    world.send(gateRequest(world, await forge(await goodGateReservation(world), world))),
  refusal: AT_GATE,
});

/** Ways to end a valid reservation. */
type Ending = {
  id: string;
  title: string;
  source: string;
  reduced?: boolean;
  /** Ends it, and returns the credential to send afterwards. */
  end: (good: Reservation, world: World, product: string) => Promise<Credential | undefined>;
  code: readonly string[];
  status?: readonly number[];
  settings?: object;
};

const room = (world: World, id: string, method: string, path: string, json?: unknown) =>
  world.operate(method, `/rooms/${id}${path}`, json);

async function again(world: World, id: string): Promise<void> {
  await world.operate('DELETE', `/rooms/${id}?force=true`);
  await world.operate('POST', '/rooms', { id, name: 'Made again', ...QUICK });
  await world.operate('POST', `/rooms/${id}/open`);
}

const revoke = (world: World, { room: id, token }: Reservation) =>
  room(world, id, 'DELETE', `/active/${readJwt(token).claims.jti}?revoke=true`);

const ENDED = ['token_invalid', 'token_expired', 'token_revoked'];

/** The documented answer to a token of another generation of a room (docs/errors.md, ADR 0018). */
const OF_OTHER_GENERATION = { code: ['token_wrong_room'], status: [403] };

const ENDINGS: readonly Ending[] = [
  {
    id: 'revoked',
    title: 'a reservation that an operator revoked',
    source: 'design 5.1',
    reduced: true,
    code: ['token_revoked'],
    end: async (good, world) => {
      await revoke(world, good);
      return good;
    },
  },
  {
    id: 'left',
    title: 'a reservation whose holder left the room',
    source: 'design 5.1',
    code: ['token_revoked'],
    end: async (good, world) => {
      await world.prepare({
        method: 'DELETE',
        path: `/v1/rooms/${good.room}/tickets/me`,
        headers: ticketHeaders(good.ticket),
      });
      return good;
    },
  },
  {
    id: 'room-reset',
    title: 'a reservation of before the room’s reset',
    source: 'S1',
    ...OF_OTHER_GENERATION,
    end: async (good, world) => {
      await room(world, good.room, 'POST', '/close');
      await room(world, good.room, 'POST', '/reset');
      await room(world, good.room, 'POST', '/open');
      return good;
    },
  },
  {
    id: 'room-deleted',
    title: 'a reservation of a deleted room',
    source: 'S1',
    code: [...ENDED, 'token_wrong_room'],
    status: [401, 403],
    end: async (good, world) => {
      await world.operate('DELETE', `/rooms/${good.room}?force=true`);
      return good;
    },
  },
  {
    id: 'room-made-again',
    title: 'a reservation of a deleted room whose name is used again',
    source: 'S1',
    ...OF_OTHER_GENERATION,
    end: async (good, world) => {
      await again(world, good.room);
      return good;
    },
  },
  {
    id: 'revoked-then-reset',
    title: 'a revoked reservation after the room’s reset',
    source: 'S1',
    code: ENDED,
    end: async (good, world) => {
      await revoke(world, good);
      await room(world, good.room, 'POST', '/close');
      await room(world, good.room, 'POST', '/reset');
      await room(world, good.room, 'POST', '/open');
      return good;
    },
  },
  {
    id: 'revoked-then-made-again',
    title: 'a revoked reservation after the room was deleted and made again',
    source: 'S1',
    code: ENDED,
    end: async (good, world) => {
      await revoke(world, good);
      await again(world, good.room);
      return good;
    },
  },
  {
    id: 'room-closed',
    title: 'a reservation of a room that has closed',
    source: 'S22',
    code: [...ENDED, 'room_closed', 'room_not_open', 'not_on_sale'],
    status: [401, 403, 409],
    end: async (good, world) => {
      await room(world, good.room, 'POST', '/close');
      return good;
    },
  },
  {
    id: 'expired',
    title: 'a reservation whose time ran out',
    source: 'design 5.2',
    code: ['token_expired', 'token_invalid', 'token_revoked'],
    settings: { token_ttl_seconds: 1 },
    end: async (good) => {
      const over = Number(readJwt(good.token).claims.exp) * 1_000 + 5_500;
      await until('the token runs out', async () => (Date.now() > over ? true : undefined));
      return { ...good };
    },
  },
  {
    id: 'other-room',
    title: 'a reservation of another room',
    source: 'design 5.2',
    code: ['token_wrong_room'],
    status: [403],
    end: async (_, world) => reserve(world, (await quickShop(world)).room),
  },
];

const ending = ({ end, code, status = [401], settings = {}, ...row }: Ending): Row => ({
  ...row,
  id: `order-${row.id}`,
  title: `an order with ${row.title}`,
  attack: async (world) => {
    const shop = await ownShop(world, 'end', settings);
    const good = await reserve(world, shop.room);
    const shown = present(await end(good, world, shop.product));
    // Without the Idempotency-Key, which would return an old answer.
    const request = orderRequest(shown, { product: shop.product });
    return world.send({ ...request, headers: { ...request.headers, 'idempotency-key': undefined } });
  },
  refusal: refuse(status, code),
});

const untilRefusedAtGate = async (world: World, good: Reservation): Promise<Answer> => {
  let last = await world.send(gateRequest(world, good));
  // Other gateways notice within five seconds.
  const end = performance.now() + 6_500;
  while (last.status === 200 && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    last = await world.send(gateRequest(world, good));
  }
  return last;
};

const GATE_ROWS: readonly Row[] = [
  {
    id: 'gate-revoked',
    title: 'a protected path with a revoked reservation',
    source: 'S2',
    needs: ['gate'],
    attack: async (world) => {
      const good = await gateReservation(world);
      await world.prepare(gateRequest(world, good));
      await revoke(world, good);
      return untilRefusedAtGate(world, good);
    },
    refusal: AT_GATE,
  },
  {
    id: 'gate-left',
    title: 'a protected path after its holder left',
    source: 'S2',
    needs: ['gate'],
    attack: async (world) => {
      const good = await gateReservation(world);
      await world.prepare({
        method: 'DELETE',
        path: `/v1/rooms/${good.room}/tickets/me`,
        headers: ticketHeaders(good.ticket),
      });
      return untilRefusedAtGate(world, good);
    },
    refusal: AT_GATE,
  },
  {
    id: 'gate-other-text-after-release',
    title: 'another text of a released reservation',
    source: 'S27',
    needs: ['gate'],
    attack: async (world) => {
      const good = await gateReservation(world);
      await world.send(gateRequest(world, good));
      await revoke(world, good);
      const { parts } = readJwt(good.token);
      return untilRefusedAtGate(world, { ...good, token: `${parts[0]}.${parts[1]}.${dangling(parts[2])}` });
    },
    refusal: AT_GATE,
  },
  {
    id: 'gate-redis-stops',
    title: 'a revoked reservation after Redis stood still for 4.5 s',
    source: 'S2',
    needs: ['own-gate', 'stores'],
    alone: true,
    attack: async (world) => {
      const good = await gateReservation(world);
      await revoke(world, good);
      world.own.signalRedis('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, 4_500));
      world.own.signalRedis('SIGCONT');
      await until('the room answers again', async () =>
        (await world.send({ path: '/readyz' })).status === 200 ? true : undefined,
      );
      return untilRefusedAtGate(world, good);
    },
    refusal: refuse([403, 503]),
  },
  {
    id: 'gate-redis-stopped',
    title: 'a revoked reservation while Redis stands still',
    source: 'S2',
    needs: ['own-gate', 'stores'],
    alone: true,
    attack: async (world) => {
      const good = await gateReservation(world);
      await revoke(world, good);
      world.own.signalRedis('SIGSTOP');
      try {
        return await world.send(gateRequest(world, good));
      } finally {
        world.own.signalRedis('SIGCONT');
      }
    },
    refusal: refuse([403, 503]),
  },
  {
    id: 'gate-spent-redis-stops',
    title: 'a spent reservation of a protected room after Redis stood still',
    source: 'S2',
    needs: ['own-gate', 'stores'],
    alone: true,
    attack: async (world) => {
      const good = await gateReservation(world);
      const product = await makeProduct(world, good.room);
      await world.prepare(orderRequest(good, { product }));
      await until('the slot is given back', async () =>
        (await world.send(gateRequest(world, good))).status === 403 ? true : undefined,
      );
      world.own.signalRedis('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, 4_500));
      world.own.signalRedis('SIGCONT');
      return untilRefusedAtGate(world, good);
    },
    refusal: refuse([403, 503]),
  },
  {
    id: 'gate-room-reset',
    title: 'a protected path with a reservation of before the reset',
    source: 'S1',
    needs: ['own-gate'],
    alone: true,
    attack: async (world) => {
      const good = await gateReservation(world);
      await room(world, good.room, 'POST', '/close');
      await room(world, good.room, 'POST', '/reset');
      await room(world, good.room, 'POST', '/open');
      return untilRefusedAtGate(world, good);
    },
    refusal: AT_GATE,
  },
  {
    id: 'gate-room-made-again',
    title: 'a protected path with a reservation of a deleted room of the same name',
    source: 'S1',
    needs: ['own-gate'],
    alone: true,
    attack: async (world) => {
      const good = await gateReservation(world);
      await again(world, good.room);
      return untilRefusedAtGate(world, good);
    },
    refusal: AT_GATE,
  },
  {
    id: 'gate-revoked-then-made-again',
    title: 'a protected path with a revoked reservation after the room was made again',
    source: 'S1',
    needs: ['own-gate'],
    alone: true,
    attack: async (world) => {
      const good = await gateReservation(world);
      await revoke(world, good);
      await again(world, good.room);
      return untilRefusedAtGate(world, good);
    },
    refusal: AT_GATE,
  },
];

const ORDER_ROWS: readonly Row[] = [
  {
    id: 'order-two-texts',
    title: 'two texts of one token at once',
    source: 'S27',
    attack: async (world) => {
      const { room, product } = await quickShop(world);
      const good = await reserve(world, room);
      const other = { ...good, token: resigned(good.token, malleated) };
      return Promise.all(
        [good, other, good, other].map((shown) => world.send(orderRequest(shown, { product }))),
      );
    },
    refusal: {
      status: [202, 401, 409],
      says: 'one order',
      together: (answers) => {
        const orders = answers.filter(({ status }) => status === 202).length;
        return orders === 1 ? undefined : `${orders} orders`;
      },
    },
  },
  {
    id: 'order-nothing',
    title: 'an order without any token',
    source: 'design 5.3',
    reduced: true,
    attack: async (world) => world.send(orderRequest({}, { product: (await quickShop(world)).product })),
    refusal: refuse(401, 'token_missing'),
  },
  {
    id: 'order-token-in-query',
    title: 'an order with the token in the address',
    source: 'RFC 6750 2.3',
    attack: async (world) => {
      const { token, binding } = await goodReservation(world);
      const request = orderRequest({ binding }, { product: (await quickShop(world)).product });
      return world.send({ ...request, path: `/v1/orders?access_token=${token}` });
    },
    refusal: refuse(401, 'token_missing'),
  },
  {
    id: 'order-token-in-body',
    title: 'an order with the token in the body',
    source: 'RFC 6750 2.2',
    attack: async (world) => {
      const { token, binding } = await goodReservation(world);
      const { product } = await quickShop(world);
      return world.send(
        orderRequest(
          { binding },
          {
            product,
            body: {
              product_id: product,
              quantity: 1,
              email: 'abuse@example.com',
              payment_method: 'pm_card_visa',
              access_token: token,
            },
          },
        ),
      );
    },
    refusal: refuse([401, 422], ['token_missing', 'invalid_request']),
  },
  {
    id: 'order-token-in-cookie',
    title: 'an order with the token in the cookie of protected paths',
    source: 'OWASP API2:2023',
    attack: async (world) => {
      const { token, binding, room } = await goodReservation(world);
      return world.send(
        orderRequest(
          {
            headers: {
              cookie: `__Host-res_${room}=${token}; __Host-bind_${room}=${binding}`,
              origin: 'https://evil.example',
              'sec-fetch-site': 'cross-site',
            },
          },
          { product: (await quickShop(world)).product },
        ),
      );
    },
    refusal: refuse([401, 403], ['token_missing', 'origin_forbidden']),
  },
  {
    id: 'order-spent',
    title: 'an order with a token that has bought',
    source: 'design 5.3',
    reduced: true,
    attack: async (world) => {
      const { reservation } = await placeOrder(world);
      return world.send(orderRequest(reservation, { product: (await quickShop(world)).product }));
    },
    refusal: refuse(409, 'token_spent'),
  },
  {
    id: 'order-spent-other-text',
    title: 'an order with another text of a token that has bought',
    source: 'S27',
    attack: async (world) => {
      const { reservation } = await placeOrder(world);
      const token = resigned(reservation.token, malleated);
      return world.send(
        orderRequest({ ...reservation, token }, { product: (await quickShop(world)).product }),
      );
    },
    refusal: refuse([401, 409], ['token_invalid', 'token_spent']),
  },
  {
    id: 'order-order-token',
    title: 'an order token instead of a reservation token',
    source: 'RFC 8725 3.11',
    attack: async (world) => {
      const order = await placeOrder(world);
      return world.send(
        orderRequest(
          { token: order.token, binding: order.reservation.binding },
          { product: (await quickShop(world)).product },
        ),
      );
    },
    refusal: INVALID,
  },
  {
    id: 'order-rehearsal',
    title: 'an order in the real sale with a reservation of a rehearsal',
    source: 'S22',
    attack: async (world) => {
      const rehearsal = await makeRoom(world, `rehearsal-${world.next()}`, { ...QUICK, rehearsal: true });
      const { header, pass } = rehearsalPassDocument.parse(
        await world.operate('GET', `/rooms/${rehearsal}/rehearsal-pass`),
      );
      const headers = { [header]: pass };
      const joined = await world.prepare({
        method: 'POST',
        path: `/v1/rooms/${rehearsal}/tickets`,
        json: {},
        headers,
      });
      const { ticket } = documentOf(joinAnswer, joined);
      const claimed = await until('a claim in the rehearsal', async () => {
        const answer = await world.send({
          method: 'POST',
          path: `/v1/rooms/${rehearsal}/tickets/me/claim`,
          headers: { ...headers, ...ticketHeaders(ticket) },
        });
        return answer.status === 200 ? answer : undefined;
      });
      const { reservation_token: token, binding } = documentOf(claimAnswer, claimed);
      const product = await makeProduct(world, rehearsal);
      return world.send(orderRequest({ token, binding }, { product }));
    },
    refusal: WRONG_ROOM,
  },
  {
    id: 'order-product-without-room',
    title: 'an order for a product of another room than the token’s, by a basket',
    source: 'design 5.3',
    attack: async (world) => {
      const { room: id, product } = await quickShop(world);
      const other = await ownShop(world, 'basket');
      const good = await reserve(world, id);
      return world.send(
        orderRequest(good, {
          product,
          body: {
            items: [
              { product_id: product, quantity: 1 },
              { product_id: other.product, quantity: 1 },
            ],
            email: 'abuse@example.com',
            payment_method: 'pm_card_visa',
          },
        }),
      );
    },
    refusal: refuse([403, 409, 422], ['token_wrong_room', 'invalid_request']),
  },
  {
    id: 'order-quantity-of-room',
    title: 'more units than the room lets a reservation buy',
    source: 'design 5.2',
    attack: async (world) => {
      const shop = await ownShop(world, 'max', { max_quantity: 1 });
      const good = await reserve(world, shop.room);
      return world.send(
        orderRequest(good, {
          product: shop.product,
          body: {
            product_id: shop.product,
            quantity: 2,
            email: 'abuse@example.com',
            payment_method: 'pm_card_visa',
          },
        }),
      );
    },
    refusal: refuse([409, 422], ['purchase_limit', 'invalid_request']),
  },
  {
    id: 'claim-twice',
    title: 'a second claim gives no second token',
    source: 'design 5.1',
    attack: async (world) => {
      const { room: id } = await quickShop(world);
      const ticket = await joinRoom(world, id);
      const path = `/v1/rooms/${id}/tickets/me/claim`;
      await until('the first claim', async () =>
        (await world.send({ method: 'POST', path, headers: ticketHeaders(ticket) })).status === 200
          ? true
          : undefined,
      );
      return Promise.all(
        Array.from({ length: 12 }, () =>
          world.send({ method: 'POST', path, headers: ticketHeaders(ticket) }),
        ),
      );
    },
    refusal: {
      status: [200],
      says: 'one token id in all answers',
      together: (answers) => {
        const ids = new Set(
          answers.map((answer) => readJwt(JSON.parse(answer.text).reservation_token).claims.jti),
        );
        return ids.size === 1 ? undefined : `${ids.size} tokens for one place`;
      },
    },
  },
];

export const tokens = family(
  'tokens',
  'reservation tokens that are forged, altered, respelled, ended or another’s, at the checkout and at protected paths',
  [...FORGERIES.map(atOrder), ...FORGERIES.map(atGate), ...ENDINGS.map(ending), ...ORDER_ROWS, ...GATE_ROWS],
  ['admin-key'],
);
