import type { Sql } from '@shopfast/db/client';
import type { Shopper } from '@shopfast/sandbox/shopper/shopper';

export type Samples = { peakConnections: number; peakActive: number; waiting: number };

const EVERY_MS = 250;

/**
 * Samples the system from outside during the sale: database connections of the services (without its own) and the
 * room's public status.
 */
export function startSampler(sql: Sql, { roomStatus }: Pick<Shopper, 'roomStatus'>) {
  const samples: Samples = { peakConnections: 0, peakActive: 0, waiting: 0 };
  let running: Promise<void> = Promise.resolve();

  async function sample(): Promise<void> {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity
       where backend_type = 'client backend' and datname = current_database()
         and application_name <> current_setting('application_name')`;
    samples.peakConnections = Math.max(samples.peakConnections, row?.n ?? 0);
    const status = await roomStatus();
    if (!status.ok) return;
    samples.peakActive = Math.max(samples.peakActive, status.document.active);
    samples.waiting = status.document.waiting;
  }

  const timer = setInterval(() => {
    running = running.then(sample).catch(() => undefined);
  }, EVERY_MS);
  return {
    samples,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
