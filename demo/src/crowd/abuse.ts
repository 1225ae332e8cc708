import { randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import type { AbuseKind, InsideAbuse, OutsideAbuse } from './abuse-kinds.ts';
import type { Answer } from './browser.ts';
import {
  type Crowd,
  claim,
  describe,
  join,
  type OrderForm,
  type Reservation,
  sendOrder,
  waitForTurn,
} from './shopper.ts';
import { sleep } from './sleep.ts';

/** A second sale with short-lived tokens: the source of tokens of "another room". */
export type OtherSale = { room: string; tokenTtlSeconds: number };

/** The checkout tolerates 5 s beyond a token's end; one more for the clocks. */
const LEEWAY_SECONDS = 6;

/** Tries to buy without being allowed to. Each attempt has one right answer; any other is recorded as a breach. */
export async function abuseFromOutside(
  crowd: Crowd,
  other: OtherSale,
  kind: OutsideAbuse,
  form: OrderForm,
): Promise<void> {
  switch (kind) {
    case 'shop_page': {
      const page = await crowd.network.send(`/shop/products/${crowd.sale.productId}`);
      return expectRefusal(crowd, kind, page, 403, 'queue_required');
    }
    case 'no_token':
      return expectRefusal(crowd, kind, await sendOrder(crowd, {}, form), 401, 'token_missing');
    case 'forged':
      return expectRefusal(
        crowd,
        kind,
        await sendOrder(crowd, await forge(crowd), form),
        401,
        'token_invalid',
      );
    case 'unsigned':
      return expectRefusal(crowd, kind, await sendOrder(crowd, unsigned(crowd), form), 401, 'token_invalid');
    case 'tampered': {
      const real = await reserve(crowd, other.room);
      if (!real) return;
      const fake = { ...real, token: withClaim(real.token, { room: crowd.sale.room }) };
      return expectRefusal(crowd, kind, await sendOrder(crowd, fake, form), 401, 'token_invalid');
    }
    case 'wrong_room': {
      const real = await reserve(crowd, other.room);
      if (!real) return;
      return expectRefusal(crowd, kind, await sendOrder(crowd, real, form), 403, 'token_wrong_room');
    }
    case 'expired': {
      const real = await reserve(crowd, other.room);
      if (!real) return;
      await sleep((other.tokenTtlSeconds + LEEWAY_SECONDS) * 1_000, crowd.signal);
      if (crowd.signal.aborted) return;
      return expectRefusal(crowd, kind, await sendOrder(crowd, real, form), 401, 'token_expired');
    }
  }
}

/**
 * Buys once, correctly, and tries to get more with the same token.
 * @returns the answer to the one correct order
 */
export async function abuseFromInside(
  crowd: Crowd,
  kind: InsideAbuse,
  reservation: Reservation,
  form: OrderForm,
): Promise<Answer> {
  if (kind === 'other_browser') {
    const stolen = { token: reservation.token, binding: `bnd_${randomUUID()}` };
    expectRefusal(crowd, kind, await sendOrder(crowd, stolen, form), 403, 'token_not_bound');
    expectRefusal(
      crowd,
      kind,
      await sendOrder(crowd, { token: reservation.token }, form),
      403,
      'token_not_bound',
    );
    return sendOrder(crowd, reservation, form);
  }
  const key = randomUUID();
  if (kind === 'double_same_key') {
    const [first, second] = await Promise.all([
      sendOrder(crowd, reservation, { ...form, key }),
      sendOrder(crowd, reservation, { ...form, key }),
    ]);
    if (isSoldOut(first) || isSoldOut(second)) return first.status === 202 ? first : second;
    const same = first.status === 202 && orderId(first) === orderId(second);
    crowd.ledger.tried(kind, same, `${describe(first)} and ${describe(second)}`);
    return first;
  }
  const first = await sendOrder(crowd, reservation, { ...form, key });
  if (first.status !== 202) return first;
  const again = kind === 'replayed' ? { ...form, email: `again-${form.email}` } : form;
  expectRefusal(crowd, kind, await sendOrder(crowd, reservation, again), 409, 'token_spent');
  return first;
}

export const orderId = (answer: Answer) => (answer.body.order as { id: string } | undefined)?.id;
export const isSoldOut = (answer: Answer) => answer.status === 409 && answer.body.code === 'sold_out';

function expectRefusal(crowd: Crowd, kind: AbuseKind, answer: Answer, status: number, code: string): void {
  const asExpected = answer.status === status && answer.body.code === code;
  crowd.ledger.tried(kind, asExpected, describe(answer));
}

/** A valid token, honestly claimed in the other sale. */
async function reserve(crowd: Crowd, room: string): Promise<Reservation | null> {
  const place = await join(crowd, room);
  if (!place) return null;
  const turn = await waitForTurn(crowd, room, place.ticket, place.pollAfterMs);
  return turn.outcome === 'called' ? claim(crowd, room, place.ticket) : null;
}

function claimsFor(crowd: Crowd): Record<string, unknown> {
  return { room: crowd.sale.room, number: 1, bnd: 'x'.repeat(43) };
}

async function forge(crowd: Crowd): Promise<Partial<Reservation>> {
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

function unsigned(crowd: Crowd): Partial<Reservation> {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const header = encode({ alg: 'none', typ: 'reservation+jwt' });
  return { token: `${header}.${encode({ ...claimsFor(crowd), aud: 'checkout', jti: randomUUID() })}.` };
}

function withClaim(token: string, changes: object): string {
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...changes };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}
