import { randomBytes } from 'node:crypto';
import type { Clock } from '@shopfast/kit/clock';
import type Stripe from 'stripe';

/** All records of this Stripe, in memory, as values that JSON can hold. */
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

/** A ledger as it is kept in a file. */
export type KeptLedger = {
  [Book in keyof Ledger]: Array<[string, Ledger[Book] extends Map<string, infer Entry> ? Entry : never]>;
};

/** @param kept the records of an earlier run */
export function createLedger(kept?: KeptLedger): Ledger {
  return {
    intents: new Map(kept?.intents),
    charges: new Map(kept?.charges),
    refunds: new Map(kept?.refunds),
    bankVisits: new Map(kept?.bankVisits),
    cards: new Map(kept?.cards),
  };
}

export const ledgerToKeep = (ledger: Ledger): KeptLedger => ({
  intents: [...ledger.intents],
  charges: [...ledger.charges],
  refunds: [...ledger.refunds],
  bankVisits: [...ledger.bankVisits],
  cards: [...ledger.cards],
});

/** An id in Stripe's format: pi_, ch_, re_, evt_, req_. */
export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;

/** The id of another record. Stripe's types also allow the record itself; here it is always its id. */
export const idOf = (reference: string | { id: string } | null): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);

/** Unix time in seconds, as in Stripe's answers. */
export const unixSeconds = (clock: Clock): number => Math.floor(clock.now() / 1_000);
