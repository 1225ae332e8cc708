import { raisePaymentAlarm } from '@shopfast/db/payments/raise-alarm';
import type { PaymentDeps } from './deps.ts';

/** What the provider says and the books do not agree, or a person has to act. */
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

/** The job that looks at the matter once more, when an operator sends the dead letter again. */
export type AlarmCause =
  | { name: 'payment.event'; payload: { event_id: string } }
  | { name: 'payment.charge'; payload: { order_id: string } }
  | { name: 'payment.refund'; payload: { order_id: string; reason: string } };

/**
 * Tells operators: a dead letter, which the dashboard shows, a metric and a log line. One for each cause and kind,
 * however often it is found, until an operator has sent the letter again and it is found anew.
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
