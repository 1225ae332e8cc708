import type { Sql } from '@shopfast/db/client';

/**
 * The most connections to Postgres at a time, watched until `stop`.
 * @param roles whose, as a pattern of LIKE
 */
export function watchConnections(sql: Sql, roles: string): { stop(): Promise<number> } {
  let peak = 0;
  let watching = true;
  const watch = async () => {
    while (watching) {
      const [row] = await sql<{ n: number }[]>`
        select count(*)::int as n from pg_stat_activity where usename like ${roles}`;
      peak = Math.max(peak, row?.n ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return peak;
  };
  const watched = watch();
  return {
    stop: () => {
      watching = false;
      return watched;
    },
  };
}
