import { randomUUID } from 'node:crypto';
import type { OrderAnswer, OrderRequest } from '@shopfast/kit/contracts/api';
import { type Answer, describe } from '@shopfast/sandbox/shopper/answers';
import { calls, type Reservation } from '@shopfast/sandbox/shopper/calls';
import { pause } from '@shopfast/sandbox/shopper/pause';
import type { Shopper } from '@shopfast/sandbox/shopper/shopper';
import { ask } from '@shopfast/sandbox/shopper/transport';
import { generateKeyPair, SignJWT } from 'jose';
import type { AbuseKind, InsideAbuse, OutsideAbuse } from './abuse-kinds.ts';
import { type Crowd, reserve } from './reserve.ts';

/** The client of a second sale, whose tokens are short-lived and belong to another room. */
export type OtherSale = { shopper: Shopper; tokenTtlSeconds: number };

/** The checkout tolerates 5 s beyond a token's end; one more for the clocks. */
const LEEWAY_SECONDS = 6;

/** Tries to buy without being allowed to. Each attempt has one right answer; any other is recorded as a breach. */
export async function abuseFromOutside(
  crowd: Crowd,
  other: OtherSale,
  kind: OutsideAbuse,
  order: OrderRequest,
): Promise<void> {
  const expectRefusal = expecting(crowd, kind);
  const buy = (reservation: Reservation) => crowd.shopper.order(reservation, order);
  switch (kind) {
    case 'shop_page': {
      const page = await ask(crowd.network.send, calls.page(`/shop/products/${crowd.sale.productId}`));
      return expectRefusal(page, 403, 'queue_required');
    }
    case 'no_token':
      return expectRefusal(await buy({}), 401, 'token_missing');
    case 'forged':
      return expectRefusal(await buy(await forge(crowd)), 401, 'token_invalid');
    case 'unsigned':
      return expectRefusal(await buy(unsigned(crowd)), 401, 'token_invalid');
  }
  const real = await reserve(crowd, other.shopper);
  if (!real) return;
  if (kind === 'tampered') {
    const token = withClaim(real.token, { room: crowd.sale.room });
    return expectRefusal(await buy({ ...real, token }), 401, 'token_invalid');
  }
  if (kind === 'wrong_room') return expectRefusal(await buy(real), 403, 'token_wrong_room');
  await pause((other.tokenTtlSeconds + LEEWAY_SECONDS) * 1_000, crowd.signal);
  if (!crowd.signal.aborted) expectRefusal(await buy(real), 401, 'token_expired');
}

/**
 * Buys once, correctly, and tries to get more with the same token.
 * @returns the answer to the one correct order
 */
export async function abuseFromInside(
  crowd: Crowd,
  kind: InsideAbuse,
  reservation: Reservation,
  order: OrderRequest,
): Promise<Answer<OrderAnswer>> {
  const { shopper } = crowd;
  const expectRefusal = expecting(crowd, kind);
  if (kind === 'other_browser') {
    const { token } = reservation;
    const stolen = { token, binding: `bnd_${randomUUID()}` };
    expectRefusal(await shopper.order(stolen, order), 403, 'token_not_bound');
    expectRefusal(await shopper.order({ token }, order), 403, 'token_not_bound');
    return shopper.order(reservation, order);
  }
  if (kind === 'double_same_key') {
    const key = randomUUID();
    const [first, second] = await Promise.all([
      shopper.order(reservation, order, key),
      shopper.order(reservation, order, key),
    ]);
    if (isSoldOut(first) || isSoldOut(second)) return first.ok ? first : second;
    const isSame = first.ok && second.ok && first.document.order.id === second.document.order.id;
    crowd.ledger.tried(kind, isSame, `${describe(first)} and ${describe(second)}`);
    return first;
  }
  const first = await shopper.order(reservation, order);
  if (!first.ok) return first;
  const again = kind === 'replayed' ? { ...order, email: `again-${order.email}` } : order;
  expectRefusal(await shopper.order(reservation, again), 409, 'token_spent');
  return first;
}

export const isSoldOut = (answer: Answer<unknown>) =>
  !answer.ok && answer.status === 409 && answer.code === 'sold_out';

const expecting =
  ({ ledger }: Crowd, kind: AbuseKind) =>
  (answer: Answer<unknown>, status: number, code: string): void => {
    const asExpected = !answer.ok && answer.status === status && answer.code === code;
    ledger.tried(kind, asExpected, describe(answer));
  };

function claimsFor(crowd: Crowd): Record<string, unknown> {
  return { room: crowd.sale.room, number: 1, bnd: 'x'.repeat(43) };
}

async function forge(crowd: Crowd): Promise<Reservation> {
  const { privateKey } = await generateKeyPair('ES256');
  const token = await new SignJWT(claimsFor(crowd))
    .setProtectedHeader({ alg: 'ES256', typ: 'reservation+jwt', kid: randomUUID() })
    .setIssuer('http://localhost:3000')
    .setAudience('checkout')
    .setSubject(randomUUID())
    .setJti(randomUUID())
    .setIssuedAt()
    .setNotBefore('0s')
    .setExpirationTime('10m')
    .sign(privateKey);
  return { token };
}

function unsigned(crowd: Crowd): Reservation {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const header = encode({ alg: 'none', typ: 'reservation+jwt' });
  return { token: `${header}.${encode({ ...claimsFor(crowd), aud: 'checkout', jti: randomUUID() })}.` };
}

function withClaim(token: string, changes: object): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...changes };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}
