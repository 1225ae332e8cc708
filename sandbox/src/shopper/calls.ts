import { randomUUID } from 'node:crypto';
import {
  type ClaimAnswer,
  claimAnswer,
  type JoinAnswer,
  type JoinRequest,
  joinAnswer,
  type OrderAnswer,
  type OrderDocument,
  type OrderRequest,
  orderAnswer,
  orderDocument,
  type RoomStatus,
  roomStatus,
  type TicketStatus,
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
  roomStatus: (room: string): Call<RoomStatus> => ({
    ...{ kind: 'room_status', method: 'GET', path: `/v1/rooms/${room}/status`, headers: {} },
    document: roomStatus,
  }),

  /** Without `given` there is no body. With a ticket, its holder returns to the same place. */
  join: (room: string, given?: JoinRequest, ticket: Ticket = null): Call<JoinAnswer> => ({
    ...{ kind: 'join', method: 'POST', path: `/v1/rooms/${room}/tickets`, headers: bearer(ticket) },
    ...(given ? { body: given } : {}),
    document: joinAnswer,
  }),

  status: (room: string, ticket: Ticket): Call<TicketStatus> => ({
    ...{ kind: 'poll', method: 'GET', path: pathOfTicket(room), headers: bearer(ticket) },
    document: ticketStatus,
  }),

  claim: (room: string, ticket: Ticket): Call<ClaimAnswer> => ({
    ...{ kind: 'claim', method: 'POST', path: `${pathOfTicket(room)}/claim`, headers: bearer(ticket) },
    document: claimAnswer,
  }),

  leave: (room: string, ticket: Ticket): Call<unknown> => ({
    ...{ kind: 'leave', method: 'DELETE', path: pathOfTicket(room), headers: bearer(ticket) },
    document: z.unknown(),
  }),

  /** @param key the same key makes a repeated order the same order */
  order: (reservation: Reservation, order: OrderRequest, key: string = randomUUID()): Call<OrderAnswer> => ({
    ...{ kind: 'order', method: 'POST', path: '/v1/orders', body: order, document: orderAnswer },
    headers: { ...reservationHeaders(reservation), 'idempotency-key': key },
  }),

  /** @param token the order's own (`ord_…`) */
  orderStatus: (id: string, token: string): Call<OrderDocument> => ({
    ...{ kind: 'order_status', method: 'GET', path: `/v1/orders/${id}`, headers: bearer(token) },
    document: orderDocument,
  }),

  /** Any page of the shop. */
  page: (path: string): Call<unknown> => ({
    ...{ kind: 'page', method: 'GET', path, headers: {} },
    document: z.unknown(),
  }),

  cancel: (id: string, token: string): Call<OrderDocument> => ({
    ...{ kind: 'cancel', method: 'POST', path: `/v1/orders/${id}/cancel`, headers: bearer(token) },
    document: orderDocument,
  }),
};

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
