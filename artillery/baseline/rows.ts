import type { Measured } from './measured.ts';
import type { BaselineReport } from './run.ts';

export type Row = [what: string, ...values: Array<number | string>];

/** The two shops in comparison, one column for each run. */
export function toRows({ measured, options }: BaselineReport): { head: string[]; rows: Row[] } {
  const row = (what: string, of: (one: Measured) => number | string): Row => [what, ...measured.map(of)];
  return {
    head: [
      '',
      ...measured.map(
        ({ shop, paymentMs }) => `${shop === 'old' ? 'old shop' : 'ShopFast'}, ${paymentMs} ms`,
      ),
    ],
    rows: [
      row(`units sold of ${options.units}`, (one) => one.sold),
      row('oversold', (one) => one.oversold),
      row('shoppers who got an answer', (one) => one.answered),
      row('shoppers with an error or no answer', (one) => one.unanswered),
      row('timeouts (30 s)', (one) => one.timeouts),
      row('errors', (one) => one.errors),
      row('any request, p50 ms', (one) => one.requests.p50),
      row('any request, p99 ms', (one) => one.requests.p99),
      row('an order, p50 ms', (one) => one.order.p50),
      row('an order, p99 ms', (one) => one.order.p99),
      row('time to the result, p50 ms', (one) => one.outcome.p50),
      row('time to the result, p99 ms', (one) => one.outcome.p99),
      row('most database connections', (one) => one.peakConnections),
      row('queries per order', (one) => one.queriesPerOrder),
      row('CPU time of Postgres, s', (one) => one.databaseCpuSeconds),
      row('requests', (one) => one.requests.count),
    ],
  };
}
