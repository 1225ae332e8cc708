import { logLevel, port, publicUrl, readEnv } from '@shopfast/kit/env';
import { z } from 'zod';

/** The events that a shop subscribes to; others are not sent. */
const USUAL_EVENTS = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.requires_action',
  'payment_intent.canceled',
  'charge.refunded',
];

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  /** 0 takes any free one. */
  PORT: port.default(4242),
  /** The key that callers must present; unset, every test key is accepted. */
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_test_\w+$/, 'must be a test key (sk_test_…)')
    .optional(),
  /** Address of the webhooks. Unset: none are sent until POST /_control sets one. */
  WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  WEBHOOK_SECRET: z
    .string({ error: 'is required: the secret that webhooks are signed with (whsec_…)' })
    .regex(/^whsec_\w{16,}$/, 'must be whsec_ and at least 16 letters and digits'),
  /** Comma-separated event types that the receiver wants. */
  WEBHOOK_EVENTS: z
    .string()
    .transform((list) => list.split(',').map((type) => type.trim()))
    .default(USUAL_EVENTS),
  /** Public address of the bank's page; unset: the address that the API's caller used. */
  TEST_BANK_URL: publicUrl.optional(),
  /** Keeps all records for the next start. Unset: they are deleted at the end. */
  LEDGER_FILE: z.string().optional(),
  LOG_LEVEL: logLevel,
});

/** @throws EnvironmentError that names every missing or wrong variable */
export const stripeEnv = (source?: NodeJS.ProcessEnv): z.output<typeof schema> => readEnv(schema, source);
