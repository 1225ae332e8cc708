import type { Sql } from '@shopfast/db/client';

/**
 * The highest number of connections to Postgres, sampled until `stop`.
 * @param roles a LIKE pattern of the roles to count
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
