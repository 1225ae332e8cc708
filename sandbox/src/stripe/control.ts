import { z } from 'zod';

const share = z.number().min(0).max(1);

/** How this Stripe misbehaves on request. */
export const faultSettings = z.strictObject({
  /** Each call takes so much longer. */
  latency_ms: z.number().int().min(0).max(600_000),
  /** The share of calls that are answered with a 500; nothing was done then. */
  error_rate: share,
  /** The share of calls that lie about for `hang_ms` and are acted on only then, whoever still listens. */
  timeout_rate: share,
  hang_ms: z.number().int().min(0).max(600_000),
  /** The share of calls that are acted on, and whose connection is cut in place of an answer. */
  drop_answer_rate: share,
  /** Every webhook comes twice. */
  duplicate_webhooks: z.boolean(),
  /** Every webhook comes so much later. */
  webhook_delay_ms: z.number().int().min(0).max(600_000),
  /** Webhooks come out of order, up to a second apart. */
  shuffle_webhooks: z.boolean(),
});

export type FaultSettings = z.output<typeof faultSettings>;

export const NO_FAULTS: FaultSettings = {
  latency_ms: 0,
  error_rate: 0,
  timeout_rate: 0,
  hang_ms: 60_000,
  drop_answer_rate: 0,
  duplicate_webhooks: false,
  webhook_delay_ms: 0,
  shuffle_webhooks: false,
};

/** What can be changed while it runs: the faults, and where webhooks go (null: nowhere). */
export const controlChange = faultSettings
  .extend({ webhook_url: z.url({ protocol: /^https?$/ }).nullable() })
  .partial();

export type Control = FaultSettings & { webhook_url: string | null };
