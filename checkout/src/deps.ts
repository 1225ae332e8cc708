import type { Sql } from '@shopfast/db/client';
import type { DatabaseBulkhead } from '@shopfast/db/database-bulkhead';
import type { TrustedProxies } from '@shopfast/kit/client-address';
import type { Clock } from '@shopfast/kit/clock';
import type { HttpEnv } from '@shopfast/kit/http';
import type { Log } from '@shopfast/kit/log';
import type { JWTVerifyGetKey } from 'jose';
import type { Accounts } from './accounts/accounts.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Metrics } from './metrics.ts';
import type { OrderStreams } from './orders/order-streams.ts';
import type { Pricing } from './orders/pricing.ts';
import type { SoldOutPrecheck } from './orders/sold-out-precheck.ts';
import type { CardForm } from './payments/card-form.ts';

/** The dependencies that parts of the checkout share; built in serve.ts and by tests. */
export type Checkout = {
  sql: Sql;
  clock: Clock;
  log: Log;
  config: {
    tokenIssuer: string;
    orderSecret: string;
    webhookSecret: string;
    holdSeconds: number;
    /** Peers whose `X-Forwarded-For` is trusted: the gateways. */
    trustedProxies: TrustedProxies;
    /** Takes cards on the shop's pages. Null: the pages offer test cards. */
    cardForm: CardForm | null;
    /** Whether mails can go to addresses that are not ASCII. Default: no. */
    smtpUtf8?: boolean;
  };
  /** Finds the public key of a token in the gateway's JWKS. */
  keys: JWTVerifyGetKey;
  catalog: Catalog;
  accounts: Accounts;
  orderStreams: OrderStreams;
  /** Tax and shipping of an order. */
  pricing: Pricing;
  /** Every statement of a request runs inside this bulkhead. */
  database: DatabaseBulkhead;
  soldOut: SoldOutPrecheck;
  metrics: Metrics;
};

export type CheckoutHttpEnv = HttpEnv;
