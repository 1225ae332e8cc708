/** Minor units of `currency`, three capital letters. */
export type Money = { amount: number; currency: string };

/** The state of a payment, according to the provider. */
export type PaymentOutcome =
  /** `money` is the received amount. Undefined when the provider does not say; then the outcome is not accepted. */
  | { state: 'succeeded'; money: Money | undefined }
  | { state: 'declined'; reason: string }
  /** The shopper has to confirm at their bank, at `url`. */
  | { state: 'requires_action'; url: string }
  /** The provider does not know the outcome yet. */
  | { state: 'pending' }
  | { state: 'cancelled' };

export type PaymentRequest = {
  orderId: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  paymentMethod: string;
};

/** What a webhook reports about the payment of an order. */
export type PaymentNews =
  | {
      orderId: string;
      ref: string;
      outcome:
        | Extract<PaymentOutcome, { state: 'succeeded' | 'declined' | 'cancelled' }>
        /** `money` is the amount that was paid, `refunded` how much of it was refunded so far. */
        | { state: 'refunded'; money: Money | undefined; refunded: number };
    }
  /** Does not identify an order; a person must look at it. */
  | { trouble: 'refund_failed' | 'disputed'; ref: string; about: string };

/**
 * A payment is opened first, which moves no money and returns its reference, and is then confirmed. So after a lost
 * answer the provider can be asked about the one payment of an order, and nothing is guessed.
 *
 * Every call throws ProviderUnavailable if it was not made, and any other error if its outcome is unknown.
 */
export type PaymentProvider = {
  /** The name in the environment and in stored payments. */
  name: string;
  /** Opens the payment of an order. The same order gets the same reference, unless the provider itself failed. */
  open(request: PaymentRequest): Promise<{ ref: string } | { declined: string }>;
  /** Takes the money, unless an earlier call did. The bank sends the shopper back to `returnUrl`. */
  confirm(ref: string, returnUrl: string): Promise<PaymentOutcome>;
  /** Reads the state of a payment; changes nothing. */
  look(ref: string): Promise<PaymentOutcome>;
  /** Cancels a payment that did not succeed, and returns its state. */
  cancel(ref: string): Promise<PaymentOutcome>;
  /** Refunds the whole amount, once, for any number of calls. `refused` is final: no later call can succeed. */
  refund(ref: string, orderId: string): Promise<{ refused: string } | undefined>;
  /** Reads the body of a webhook whose signature was checked; undefined if it is not about an order. */
  readEvent(payload: unknown): PaymentNews | undefined;
};
