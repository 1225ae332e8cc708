import type { DatabaseBulkhead } from '@shopfast/db/database-bulkhead';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** Prometheus metrics of one checkout process. */
export function createMetrics(database: DatabaseBulkhead) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge('shopfast_checkout_database_running', 'database calls that are running', () => database.running);
  gauge('shopfast_checkout_database_waiting', 'database calls that wait for a slot', () => database.waiting);
  return {
    registry,
    orders: new Counter({
      name: 'shopfast_checkout_orders_total',
      help: 'order requests, by "placed" or the code of the refusal',
      labelNames: ['outcome'],
      registers: [registry],
    }),
  };
}
