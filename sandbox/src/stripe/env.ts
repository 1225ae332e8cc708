import { logLevel, port, publicUrl, readEnv } from '@shopfast/kit/env';
import { z } from 'zod';

/** What a shop subscribes to; every other event is not sent. */
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
  /** Where webhooks go; unset, nowhere, until POST /_control names one. */
  WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  WEBHOOK_SECRET: z
    .string({ error: 'is required: the secret that webhooks are signed with (whsec_…)' })
    .regex(/^whsec_\w{16,}$/, 'must be whsec_ and at least 16 letters and digits'),
  /** Comma-separated types of events that the receiver wants. */
  WEBHOOK_EVENTS: z
    .string()
    .transform((list) => list.split(',').map((type) => type.trim()))
    .default(USUAL_EVENTS),
  /** Where shoppers reach the page of the bank; unset, where the caller of the API did. */
  TEST_BANK_URL: publicUrl.optional(),
  /** Keeps what it knows for the next start; unset, everything is forgotten. */
  LEDGER_FILE: z.string().optional(),
  LOG_LEVEL: logLevel,
});

/** @throws EnvironmentError naming every variable that is missing or wrong */
export const stripeEnv = (source?: NodeJS.ProcessEnv): z.output<typeof schema> => readEnv(schema, source);
