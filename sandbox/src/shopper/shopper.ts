import type {
  JoinRequest,
  OrderAnswer,
  OrderRequest,
  OrderState,
  TicketStatus,
} from '@shopfast/kit/contracts/api';
import { describe } from './answers.ts';
import { calls, type Reservation, type Ticket } from './calls.ts';
import { pause } from './pause.ts';
import { ask, type Transport } from './transport.ts';

export type Shopper = ReturnType<typeof createShopper>;

/** How waiting in line ended. `claimBy` is in ms since the epoch. */
export type Turn = TurnCalled | { outcome: 'sold_out' | 'stopped' } | { outcome: 'ended'; why: string };
export type TurnCalled = { outcome: 'called'; number: number; claimBy: number };

/** The pause after no answer, or after a 503 that does not say when to retry. */
const RETRY_MS = 2_000;
const FIRST_LOOK_MS = 200;
const LONGEST_LOOK_MS = 2_000;

/** A client of one room that acts as a shopper: each step is one request, and none throws for what the server does. */
export function createShopper({ room, send }: { room: string; send: Transport }) {
  const status = (ticket: Ticket) => ask(send, calls.status(room, ticket));
  const orderStatus = ({ order, order_token }: OrderAnswer) =>
    ask(send, calls.orderStatus(order.id, order_token));

  return {
    roomStatus: () => ask(send, calls.roomStatus(room)),
    join: (given?: JoinRequest) => ask(send, calls.join(room, given)),
    status,
    claim: (ticket: Ticket) => ask(send, calls.claim(room, ticket)),
    leave: (ticket: Ticket) => ask(send, calls.leave(room, ticket)),
    order: (reservation: Reservation, order: OrderRequest, key?: string) =>
      ask(send, calls.order(reservation, order, key)),
    orderStatus,
    cancel: ({ order, order_token }: OrderAnswer) => ask(send, calls.cancel(order.id, order_token)),

    /** Waits for the call, and polls exactly when the server says. @param firstPollMs from the answer to the join */
    async waitForTurn(ticket: Ticket, firstPollMs: number, signal: AbortSignal): Promise<Turn> {
      for (let pollAfterMs = firstPollMs; ; ) {
        await pause(pollAfterMs, signal);
        if (signal.aborted) return { outcome: 'stopped' };
        const answer = await status(ticket);
        if (answer.ok) {
          const called = callIn(answer.document);
          if (called) return called;
          if (answer.document.room_state === 'sold_out') return { outcome: 'sold_out' };
          pollAfterMs = answer.document.poll_after_ms;
        } else if (answer.status === 0 || answer.status === 503)
          pollAfterMs = answer.retryAfterMs || RETRY_MS;
        else return { outcome: 'ended', why: describe(answer) };
      }
    },

    /** Looks at an order until its payment has ended. @returns its state; `pending_payment` after `signal` */
    async followOrder(placed: OrderAnswer, signal: AbortSignal): Promise<OrderState> {
      let { state } = placed.order;
      for (let ms = FIRST_LOOK_MS; state === 'pending_payment'; ms = Math.min(ms * 1.5, LONGEST_LOOK_MS)) {
        await pause(ms, signal);
        if (signal.aborted) break;
        const answer = await orderStatus(placed);
        if (answer.ok) state = answer.document.state;
      }
      return state;
    },
  };
}

/** The call that a ticket status shows; null while there is none. */
export function callIn({ state, number, claim_by }: TicketStatus): TurnCalled | null {
  if (state !== 'called' || number === null || claim_by === undefined) return null;
  return { outcome: 'called', number, claimBy: Date.parse(claim_by) };
}
