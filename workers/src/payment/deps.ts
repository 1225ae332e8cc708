import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { Log } from '@shopfast/kit/log';
import type { PaymentProvider } from './provider.ts';
import type { AlarmKind } from './reconcile.ts';
import type { ResiliencePolicy } from './resilience-policy.ts';

/** The dependencies of the payment handlers. */
export type PaymentDeps = {
  sql: Sql;
  provider: PaymentProvider;
  /** The resilience policy around the provider's calls. */
  policy: ResiliencePolicy;
  /** Public address of the shop. */
  publicUrl: string;
  clock: Clock;
  log: Log;
  /** Counts the raised alarms. */
  onAlarm?: (kind: AlarmKind) => void;
};
