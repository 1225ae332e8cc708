// Values of columns that services read at run time. They are apart from the tables, because a service that imports a
// table loads drizzle: about 0.9 s of processor time at each start.

export const PAYMENT_STATES = [
  'new',
  'in_flight',
  'requires_action',
  'succeeded',
  'declined',
  'unknown',
  'cancelled',
  'refund_pending',
  'refunded',
] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** Payments whose outcome is not final. */
export const OPEN_PAYMENTS = [
  'new',
  'in_flight',
  'unknown',
  'requires_action',
] as const satisfies PaymentState[];

/** Templates of the mails of accounts. */
export const ACCOUNT_MAILS = ['verify_email', 'reset_password', 'account_exists'] as const;
export type AccountMailTemplate = (typeof ACCOUNT_MAILS)[number];
