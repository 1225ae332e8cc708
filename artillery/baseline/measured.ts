import type { Call } from '../crowd/call-log.ts';
import { spread, type Times } from '../crowd/latencies.ts';
import { PATIENCE_MS } from './send-crowd.ts';

export type Course = {
  shoppers: number;
  units: number;
  /** All shoppers arrive within this many seconds. */
  seconds: number;
  /** Delays of the payment service and the mail server. */
  paymentMs: number;
  mailMs: number;
  signal: AbortSignal;
};

/** The result of one shop with the crowd. Times in ms. */
export type Measured = {
  shop: 'old' | 'ours';
  paymentMs: number;
  sold: number;
  oversold: number;
  /** Shoppers who learnt whether they got a unit; the others got an error or nothing. */
  answered: number;
  unanswered: number;
  /** Requests without an answer within a shopper's patience, and answers of 500 and more. */
  timeouts: number;
  errors: number;
  requests: Times;
  order: Times;
  /** From arrival until the shopper knew the result, or gave up. */
  outcome: Times;
  peakConnections: number;
  queriesPerOrder: number;
  databaseCpuSeconds: number;
};

type FromTheBooks = Pick<Measured, 'sold' | 'queriesPerOrder' | 'peakConnections' | 'databaseCpuSeconds'>;

export function sumUp(
  shop: Measured['shop'],
  { units, shoppers, paymentMs }: Course,
  calls: readonly Call[],
  books: FromTheBooks,
): Measured {
  const last = new Map<number, Call>();
  const came = new Map<number, number>();
  for (const call of calls) {
    const before = last.get(call.shopper);
    if (!before || before.at < call.at) last.set(call.shopper, call);
    came.set(call.shopper, Math.min(came.get(call.shopper) ?? Number.POSITIVE_INFINITY, call.at));
  }
  const answered = [...last.values()].filter(
    ({ outcome }) => outcome === 'ok' || outcome === 'refused',
  ).length;
  const count = (of: (call: Call) => boolean) => calls.filter(of).length;
  return {
    ...{
      shop,
      paymentMs,
      oversold: Math.max(0, books.sold - units),
      answered,
      unanswered: shoppers - answered,
    },
    timeouts: count((call) => call.outcome === 'unknown' && call.ms >= PATIENCE_MS),
    errors: count(
      (call) => call.outcome === 'failed' || (call.outcome === 'unknown' && call.ms < PATIENCE_MS),
    ),
    requests: spread(calls.map((call) => call.ms)),
    order: spread(calls.flatMap((call) => (call.kind === 'order' ? [call.ms] : []))),
    outcome: spread([...last].map(([shopper, { at, ms }]) => at + ms - (came.get(shopper) ?? 0))),
    ...books,
    databaseCpuSeconds: Math.round(books.databaseCpuSeconds * 10) / 10,
  };
}
