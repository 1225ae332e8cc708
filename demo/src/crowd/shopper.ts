import { randomUUID } from 'node:crypto';
import type { Answer, Network } from './browser.ts';
import type { Ledger } from './ledger.ts';
import { sleep } from './sleep.ts';

export type Sale = { room: string; productId: string; claimSeconds: number };

export type Crowd = { network: Network; ledger: Ledger; sale: Sale; signal: AbortSignal };

export type Reservation = { token: string; binding: string };

/** Joins a room. @returns the ticket, or null if the room refused */
export async function join(
  crowd: Crowd,
  room: string,
): Promise<{ ticket: string; pollAfterMs: number } | null> {
  const answer = await crowd.network.send(`/v1/rooms/${room}/tickets`, {
    method: 'POST',
    body: {},
    kind: 'join',
  });
  if (answer.status !== 201) {
    crowd.ledger.surprise(`join: ${describe(answer)}`);
    return null;
  }
  return { ticket: answer.body.ticket as string, pollAfterMs: answer.body.poll_after_ms as number };
}

export type Turn =
  | { outcome: 'called'; number: number; claimBy: number }
  | { outcome: 'sold_out' | 'ended' | 'stopped' };

/** Waits for the call, and polls exactly when the server says. */
export async function waitForTurn(
  crowd: Crowd,
  room: string,
  ticket: string,
  firstPollMs: number,
): Promise<Turn> {
  const { network, ledger, signal } = crowd;
  let pollAfterMs = firstPollMs;
  while (!signal.aborted) {
    await sleep(pollAfterMs, signal);
    if (signal.aborted) break;
    const answer = await network.send(`/v1/rooms/${room}/tickets/me`, {
      headers: { authorization: `Bearer ${ticket}` },
      kind: 'poll',
    });
    ledger.polls += 1;
    if (answer.status === 503 || answer.status === 0) {
      pollAfterMs = 2_000;
      continue;
    }
    if (answer.status !== 200) {
      ledger.surprise(`poll: ${describe(answer)}`);
      return { outcome: 'ended' };
    }
    pollAfterMs = answer.body.poll_after_ms as number;
    if (answer.body.state === 'called') {
      const claimBy = Date.parse(answer.body.claim_by as string);
      return { outcome: 'called', number: answer.body.number as number, claimBy };
    }
    if (answer.body.room_state === 'sold_out') return { outcome: 'sold_out' };
  }
  return { outcome: 'stopped' };
}

/** Exchanges a called ticket for a reservation token. */
export async function claim(crowd: Crowd, room: string, ticket: string): Promise<Reservation | null> {
  const answer = await crowd.network.send(`/v1/rooms/${room}/tickets/me/claim`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ticket}` },
    kind: 'claim',
  });
  if (answer.status !== 200) {
    crowd.ledger.surprise(`claim: ${describe(answer)}`);
    return null;
  }
  return { token: answer.body.reservation_token as string, binding: answer.body.binding as string };
}

export type OrderForm = { email: string; card: string; key?: string };

/** Sends an order; tests may make every part of the credential wrong. */
export function sendOrder(
  crowd: Crowd,
  credential: Partial<Reservation>,
  { email, card, key = randomUUID() }: OrderForm,
): Promise<Answer> {
  return crowd.network.send('/v1/orders', {
    method: 'POST',
    headers: {
      ...(credential.token === undefined ? {} : { authorization: `Bearer ${credential.token}` }),
      ...(credential.binding === undefined ? {} : { 'x-binding': credential.binding }),
      'idempotency-key': key,
    },
    body: { product_id: crowd.sale.productId, quantity: 1, email, payment_method: card },
    kind: 'order',
  });
}

/** Follows an order until its end. */
export async function followOrder(crowd: Crowd, placed: Answer): Promise<string> {
  const { network, signal } = crowd;
  const order = placed.body.order as { id: string };
  const headers = { authorization: `Bearer ${placed.body.order_token as string}` };
  let state = 'pending_payment';
  for (let wait = 200; state === 'pending_payment' && !signal.aborted; wait = Math.min(wait * 1.5, 2_000)) {
    await sleep(wait, signal);
    const answer = await network.send(`/v1/orders/${order.id}`, { headers, kind: 'order_status' });
    if (answer.status === 200) state = orderState(answer);
  }
  return state;
}

function orderState(answer: Answer): string {
  const document = (answer.body.order ?? answer.body) as { state: string };
  return document.state;
}

export function describe(answer: Answer): string {
  return `${answer.status} ${String(answer.body.code ?? '')}`.trim();
}
