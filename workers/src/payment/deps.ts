import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { Log } from '@shopfast/kit/log';
import type { AlarmKind } from './alarm.ts';
import type { PaymentProvider } from './provider.ts';
import type { ResiliencePolicy } from './resilience-policy.ts';

/** What the handlers that deal with money are handed. */
export type PaymentDeps = {
  sql: Sql;
  provider: PaymentProvider;
  /** The guard that the provider's calls go through. */
  guard: ResiliencePolicy;
  /** The shop as its shoppers see it. */
  publicUrl: string;
  clock: Clock;
  log: Log;
  /** Counts the alarms that are raised. */
  onAlarm?: (kind: AlarmKind) => void;
};
