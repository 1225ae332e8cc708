/** Minor units of `currency`, three capitals. */
export type Money = { amount: number; currency: string };

/** What the provider says has become of a payment. */
export type PaymentOutcome =
  /** `money` is what was received; undefined when the provider does not say, and then it is not believed. */
  | { state: 'succeeded'; money: Money | undefined }
  | { state: 'declined'; reason: string }
  /** The shopper has to confirm at their bank, at `url`. */
  | { state: 'requires_action'; url: string }
  /** The provider itself does not know yet. */
  | { state: 'pending' }
  | { state: 'cancelled' };

export type PaymentRequest = {
  orderId: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  paymentMethod: string;
};

/** What a webhook tells about the payment of an order. */
export type PaymentNews =
  | {
      orderId: string;
      ref: string;
      outcome:
        | Extract<PaymentOutcome, { state: 'succeeded' | 'declined' | 'cancelled' }>
        /** `money` is what was paid once, `refunded` how much of it has gone back so far. */
        | { state: 'refunded'; money: Money | undefined; refunded: number };
    }
  /** Something that no order can be told from, and that somebody has to look at. */
  | { trouble: 'refund_failed' | 'disputed'; ref: string; about: string };

/**
 * A payment is opened first, which moves no money and gives its reference, and then confirmed. So after any lost
 * answer the provider can be asked what became of the one payment of an order, and nothing is guessed.
 *
 * Every call throws ProviderUnavailable when it was not made, and whatever else when its outcome is unknown.
 */
export type PaymentProvider = {
  /** As the environment names it, and the payments in the database. */
  name: string;
  /** Opens the payment of an order; the same order gets the same reference, unless the provider itself failed. */
  open(request: PaymentRequest): Promise<{ ref: string } | { declined: string }>;
  /** Takes the money, unless an earlier call did. `returnUrl` is where a bank sends the shopper back to. */
  confirm(ref: string, returnUrl: string): Promise<PaymentOutcome>;
  /** Asks what has become of a payment; changes nothing. */
  look(ref: string): Promise<PaymentOutcome>;
  /** Cancels a payment that did not succeed; the answer is what is true now. */
  cancel(ref: string): Promise<PaymentOutcome>;
  /** Gives the whole amount back, once, however often it is called. `refused` is final: no later call can succeed. */
  refund(ref: string, orderId: string): Promise<{ refused: string } | undefined>;
  /** Reads the body of a webhook, whose signature was checked; undefined when it tells nothing about an order. */
  readEvent(payload: unknown): PaymentNews | undefined;
};
