import type { Sql } from '@shopfast/db/client';
import { findStoredPayment, raisePaymentAlarm, type StoredPayment } from '@shopfast/db/payments';
import type { Clock } from '@shopfast/kit/clock';
import type { Log } from '@shopfast/kit/log';
import type { Money } from './provider.ts';

/** What an event or an answer of the provider reports about the payment of an order. */
export type Said = {
  orderId: string;
  ref: string;
  state: string;
  /** Undefined: the report has no amount. */
  money: Money | undefined;
  /** `event`: any payment may name our order. `call`: `ref` is ours, from the database or just opened. */
  by: 'event' | 'call';
};

/**
 * The only place that compares the provider's report with the stored payment: id, amount and currency. A difference
 * changes nothing and raises an alarm.
 * @returns whether the report may be acted on
 */
export async function checkNews(said: Said, cause: AlarmCause, deps: AlarmDeps): Promise<boolean> {
  const stored = await findStoredPayment(deps.sql, said.orderId);
  const kind = disagreement(said, stored);
  if (kind === null) return true;
  await raiseAlarm(deps, kind, cause, describe(said, stored));
  return false;
}

function disagreement(said: Said, stored: StoredPayment | undefined): AlarmKind | null {
  if (!stored) return 'unknown_order';
  const isOurs = stored.provider_id === said.ref || (stored.provider_id === null && said.by === 'call');
  if (!isOurs) return said.state === 'succeeded' && stored.is_paid ? 'second_payment' : 'other_payment';
  const { money } = said;
  if (!money) return said.state === 'succeeded' || said.state === 'refunded' ? 'amount_differs' : null;
  return money.amount === stored.amount && money.currency === stored.currency.toUpperCase()
    ? null
    : 'amount_differs';
}

function describe({ orderId, ref, state, money, by }: Said, stored: StoredPayment | undefined): string {
  const reported = `the provider's ${by === 'event' ? 'event' : 'answer'} says that payment ${ref} of ${formatMoney(money)} is ${state}`;
  const known = stored
    ? `our records have payment ${stored.provider_id ?? '(none)'} of ${formatMoney(stored)}`
    : 'our records have no such order';
  return `order ${orderId}: ${reported}; ${known}. Nothing was changed`;
}

const formatMoney = (money: Money | undefined) =>
  money ? `${money.amount} ${money.currency.toUpperCase()} (minor units)` : 'an unknown amount';

/** Reasons for an alarm: the provider and our payments disagree, or a person must act. */
export const ALARMS = [
  'unknown_order',
  'other_payment',
  'second_payment',
  'amount_differs',
  'refund_failed',
  'refund_refused',
  'disputed',
] as const;
export type AlarmKind = (typeof ALARMS)[number];

/** The job that checks again when an operator resends the dead letter. */
export type AlarmCause =
  | { name: 'payment.event'; payload: { event_id: string } }
  | { name: 'payment.charge'; payload: { order_id: string } }
  | { name: 'payment.refund'; payload: { order_id: string; reason: string } };

type AlarmDeps = {
  sql: Sql;
  clock: Clock;
  log: Log;
  /** Counts the raised alarms. */
  onAlarm?: (kind: AlarmKind) => void;
};

/**
 * Alerts operators with a dead letter (shown in the dashboard), a metric and a log line. One alarm per cause and kind,
 * until an operator resends the dead letter and the problem is found again.
 */
export async function raiseAlarm(
  { sql, clock, log, onAlarm }: AlarmDeps,
  kind: AlarmKind,
  cause: AlarmCause,
  about: string,
): Promise<void> {
  const error = `${kind}: ${about}`;
  const isNew = await raisePaymentAlarm(sql, { kind, ...cause, error, now: new Date(clock.now()) });
  if (!isNew) return;
  log.error({ alarm: kind, ...cause.payload }, `payment alarm: ${about}`);
  onAlarm?.(kind);
}
