import type { OrderAnswer, OrderDocument } from '@shopfast/kit/contracts/api';
import type { Answer, Refusal } from '../api/ask.ts';
import type { Purchase, ReservationStore } from './reservation-store.ts';

/** The result of sending a purchase. `unsettled`: the outcome is unknown, so send it again. */
export type Placed =
  | { kind: 'placed'; order: OrderDocument }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'unsettled'; retryAfterMs: number | null };

/**
 * Sends a purchase. It is stored before it is sent, and deleted only when its outcome is known. So a refresh, a lost
 * answer or a second press sends the same order again, never another one.
 */
export async function placeOrder(
  purchase: Purchase,
  reservationStore: ReservationStore,
  send: (purchase: Purchase) => Promise<Answer<OrderAnswer>>,
): Promise<Placed> {
  const product = purchase.body.product_id;
  reservationStore.keepPurchase(product, purchase);
  const answer = await send(purchase);
  if (answer.kind === 'ok') {
    const { order, order_token: token } = answer.body;
    reservationStore.keepOrderToken(order.id, token);
    reservationStore.forgetPurchase(product);
    reservationStore.forgetReservation(purchase.room);
    return { kind: 'placed', order };
  }
  if (answer.kind === 'unreachable') return { kind: 'unsettled', retryAfterMs: null };
  const { refusal } = answer;
  if (refusal.status >= 500 || refusal.status === 429 || refusal.status === 408)
    return { kind: 'unsettled', retryAfterMs: refusal.retryAfterMs };
  reservationStore.forgetPurchase(product);
  if (NEEDS_NEW_TURN.has(refusal.code)) reservationStore.forgetReservation(purchase.room);
  return { kind: 'refused', refusal };
}

/** Refusals after which the reservation token cannot be used any more. */
export const NEEDS_NEW_TURN: ReadonlySet<string> = new Set([
  'token_missing',
  'token_invalid',
  'token_expired',
  'token_revoked',
  'token_spent',
  'token_wrong_room',
]);
