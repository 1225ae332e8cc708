import { randomUUID } from 'node:crypto';
import {
  type ClaimAnswer,
  claimAnswer,
  type JoinRequest,
  joinAnswer,
  type OrderRequest,
  orderAnswer,
  orderDocument,
  roomStatus,
  ticketStatus,
} from '@shopfast/kit/contracts/api';
import { BINDING_HEADER } from '@shopfast/kit/contracts/token';
import { z } from 'zod';

/** One request of a shopper, for any HTTP client. */
export type ShopperRequest = {
  kind: CallKind;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** With lower-case names. */
  headers: Record<string, string>;
  /** Sent as JSON. */
  body?: object;
};
export type CallKind =
  | 'room_status'
  | 'join'
  | 'poll'
  | 'claim'
  | 'leave'
  | 'order'
  | 'order_status'
  | 'cancel'
  | 'page';

/** A request, and the document that a successful answer to it has. */
export type Call<T> = ShopperRequest & { document: z.ZodType<T> };

/** A ticket (`tkt_…`), or null if the HTTP client keeps the cookies itself. */
export type Ticket = string | null;

/** What entitles to buy. An app has both, a browser has the binding in a cookie; abuse may send any part. */
export type Reservation = { token?: string | undefined; binding?: string | undefined };

/** Test cards of the payment provider: accepted, declined, or waiting for a bank where nobody confirms. */
export const CARDS = {
  good: 'pm_card_visa',
  declined: 'pm_card_visa_chargeDeclined',
  unconfirmed: 'pm_card_authenticationRequired',
} as const;

/** Every call of a shopper's journey. Nothing is sent here: see `createShopper`, or use another HTTP client. */
export const calls = {
  roomStatus: (room: string) => call('room_status', 'GET', `/v1/rooms/${room}/status`, roomStatus),

  /** Without `given` there is no body. With a ticket, its holder returns to the same place. */
  join: (room: string, given?: JoinRequest, ticket: Ticket = null) =>
    call('join', 'POST', `/v1/rooms/${room}/tickets`, joinAnswer, bearer(ticket), given),

  status: (room: string, ticket: Ticket) =>
    call('poll', 'GET', pathOfTicket(room), ticketStatus, bearer(ticket)),

  claim: (room: string, ticket: Ticket) =>
    call('claim', 'POST', `${pathOfTicket(room)}/claim`, claimAnswer, bearer(ticket)),

  leave: (room: string, ticket: Ticket) =>
    call('leave', 'DELETE', pathOfTicket(room), anything, bearer(ticket)),

  /** @param key the same key makes a repeated order the same order */
  order: (reservation: Reservation, order: OrderRequest, key: string = randomUUID()) => {
    const headers = { ...reservationHeaders(reservation), 'idempotency-key': key };
    return call('order', 'POST', '/v1/orders', orderAnswer, headers, order);
  },

  /** @param token the order's own (`ord_…`) */
  orderStatus: (id: string, token: string) =>
    call('order_status', 'GET', `/v1/orders/${id}`, orderDocument, bearer(token)),

  cancel: (id: string, token: string) =>
    call('cancel', 'POST', `/v1/orders/${id}/cancel`, orderDocument, bearer(token)),

  /** Any page of the shop. */
  page: (path: string) => call('page', 'GET', path, anything),
};

function call<T>(
  kind: CallKind,
  method: ShopperRequest['method'],
  path: string,
  document: z.ZodType<T>,
  headers: Record<string, string> = {},
  body?: object,
): Call<T> {
  return { kind, method, path, document, headers, ...(body ? { body } : {}) };
}

const anything = z.unknown();
const pathOfTicket = (room: string) => `/v1/rooms/${room}/tickets/me`;

const bearer = (secret: string | null | undefined): Record<string, string> =>
  secret === null || secret === undefined ? {} : { authorization: `Bearer ${secret}` };

export const reservationHeaders = ({ token, binding }: Reservation): Record<string, string> => ({
  ...bearer(token),
  ...(binding === undefined ? {} : { [BINDING_HEADER]: binding }),
});

export const reservationOf = ({
  reservation_token,
  binding,
}: ClaimAnswer): Reservation & { token: string } => ({
  token: reservation_token,
  binding,
});

/** An order of one unit. */
export const oneOf = (productId: string, email: string, card: string = CARDS.good): OrderRequest => ({
  ...{ product_id: productId, quantity: 1, email, payment_method: card },
});
