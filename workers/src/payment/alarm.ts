import { raisePaymentAlarm } from '@shopfast/db/payments';
import type { PaymentDeps } from './deps.ts';

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

/**
 * Alerts operators with a dead letter (shown in the dashboard), a metric and a log line. One alarm per cause and kind,
 * until an operator resends the dead letter and the problem is found again.
 */
export async function raiseAlarm(
  { sql, clock, log, onAlarm }: Pick<PaymentDeps, 'sql' | 'clock' | 'log' | 'onAlarm'>,
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
