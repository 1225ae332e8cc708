import { findStoredPayment, type StoredPayment } from '@shopfast/db/payments/find-stored';
import type { AlarmCause, AlarmKind } from './alarm.ts';
import { raiseAlarm } from './alarm.ts';
import type { PaymentDeps } from './deps.ts';
import type { Money } from './provider.ts';

/** What is said about the payment of an order, by an event or by an answer of the provider. */
export type Said = {
  orderId: string;
  ref: string;
  state: string;
  /** Undefined: nothing was said about an amount. */
  money: Money | undefined;
  /** `event`: anybody's payment may name our order. `call`: `ref` is ours, out of the database or opened just now. */
  by: 'event' | 'call';
};

/**
 * The one place in which what a provider says is compared with the stored payment: id, amount and currency. What does
 * not agree changes nothing and raises an alarm.
 * @returns whether it may be acted on
 */
export async function checkNews(said: Said, cause: AlarmCause, deps: PaymentDeps): Promise<boolean> {
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
  const heard = `the provider's ${by === 'event' ? 'event' : 'answer'} says that payment ${ref} of ${inWords(money)} is ${state}`;
  const known = stored
    ? `the books know payment ${stored.provider_id ?? '(none)'} of ${inWords(stored)}`
    : 'the books know no such order';
  return `order ${orderId}: ${heard}; ${known}. Nothing was changed`;
}

const inWords = (money: Money | undefined) =>
  money ? `${money.amount} ${money.currency.toUpperCase()} (minor units)` : 'an unnamed amount';
