import { z } from 'zod';

const share = z.number().min(0).max(1);

/** Faults that this Stripe injects on request. */
export const faultSettings = z.strictObject({
  /**
   * Payments that are not opened until this changes: those with one of these payment methods, or all. It keeps a state
   * for as long as somebody looks at it.
   */
  held_payments: z.union([z.literal('all'), z.array(z.string())]),
  /** Delay of each call. */
  latency_ms: z.number().int().min(0).max(600_000),
  /** Share of calls that are answered with a 500 and not executed. */
  error_rate: share,
  /** Share of calls that wait for `hang_ms` and are executed then, even without a client. */
  timeout_rate: share,
  hang_ms: z.number().int().min(0).max(600_000),
  /** Share of calls that are executed, but whose connection is cut instead of an answer. */
  drop_answer_rate: share,
  /** Every webhook is sent twice. */
  duplicate_webhooks: z.boolean(),
  /** Delay of each webhook. */
  webhook_delay_ms: z.number().int().min(0).max(600_000),
  /** Webhooks are sent out of order, up to a second apart. */
  shuffle_webhooks: z.boolean(),
});

export type FaultSettings = z.output<typeof faultSettings>;

export const NO_FAULTS: FaultSettings = {
  held_payments: [],
  latency_ms: 0,
  error_rate: 0,
  timeout_rate: 0,
  hang_ms: 60_000,
  drop_answer_rate: 0,
  duplicate_webhooks: false,
  webhook_delay_ms: 0,
  shuffle_webhooks: false,
};

/** What can be changed at run time: the faults, and the address of webhooks (null: none). */
export const controlSettings = faultSettings.extend({
  webhook_url: z.url({ protocol: /^https?$/ }).nullable(),
});
export const controlChange = controlSettings.partial();

export type Control = z.output<typeof controlSettings>;
