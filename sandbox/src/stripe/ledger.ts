import { randomBytes } from 'node:crypto';
import type { Clock } from '@shopfast/kit/clock';
import type Stripe from 'stripe';

/** All records of this Stripe, in memory. */
export type Ledger = {
  intents: Map<string, Stripe.PaymentIntent>;
  charges: Map<string, Stripe.Charge>;
  refunds: Map<string, Stripe.Refund>;
  /** Secret of a bank page → payment intent that waits there. */
  bankVisits: Map<string, string>;
  /** Payment method of a typed card → the test payment method with its behaviour. */
  cards: Map<string, string>;
};

/** What an operation needs: records, time, and an event sink. */
export type World = {
  ledger: Ledger;
  clock: Clock;
  emit: (type: Stripe.Event.Type, object: Stripe.Event.Data.Object) => void;
};

export function createLedger(): Ledger {
  return {
    intents: new Map(),
    charges: new Map(),
    refunds: new Map(),
    bankVisits: new Map(),
    cards: new Map(),
  };
}

/** An id in Stripe's format: pi_, ch_, re_, evt_, req_. */
export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;

/** Unix time in seconds, as in Stripe's answers. */
export const unixSeconds = (clock: Clock): number => Math.floor(clock.now() / 1_000);
