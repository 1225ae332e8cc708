import { randomBytes } from 'node:crypto';
import type { ServiceName } from '@shopfast/db/roles';

export type Secrets = {
  /** Signs tickets. */
  ticket: string;
  /** Encrypts signing keys at rest. */
  keyEncryption: string;
  /** Signs order tokens. */
  order: string;
  /** Signs sessions. */
  auth: string;
  /** A test key of the fake Stripe. */
  stripeKey: string;
  /** Signs webhooks. */
  webhookSecret: string;
  /** Passwords of the services' roles in Postgres. */
  database: Record<ServiceName, string>;
};

/** Random secrets for one run. */
export function makeSecrets(): Secrets {
  return {
    ticket: random(),
    keyEncryption: random(),
    order: random(),
    auth: random(),
    stripeKey: `sk_test_${random()}`,
    webhookSecret: `whsec_${random()}`,
    database: { gateway: random(), checkout: random(), workers: random() },
  };
}

/** A random admin key with the role owner. */
export const makeAdminKey = (): string => `adm_${random()}`;

const random = (): string => randomBytes(32).toString('hex');
