import { setTimeout as wait } from 'node:timers/promises';
import type { Sql } from '@shopfast/db/client';

/** How long the checkout's background queries may take to repeat, on a machine under load. */
const LONGEST_IDLE_MS = 15_000;

/** postgres.js runs this once on each new connection to read the array types. A pool opens connections at any time. */
const ON_OPENING = '%from pg_catalog.pg_type a left join pg_catalog.pg_type b%';

/** @property text its start, to recognize it */
export type Statement = { queryid: string; calls: number; text: string };

/**
 * Counts the statements that a checkout runs for `work`: everything that its role ran in Postgres meanwhile, without
 * its background queries, the driver's query on new connections, and the payment webhook, which is a separate request.
 * @returns the statements and their number, and the result of `work`
 */
export async function countStatements<T>(
  sql: Sql,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<{ calls: number; statements: Statement[]; result: T }> {
  await sql`select pg_stat_statements_reset()`;
  const background = await watchIdle(sql, signal);
  await sql`select pg_stat_statements_reset()`;
  const result = await work();
  const statements = (await statementsOfCheckout(sql)).filter(({ queryid }) => !background.has(queryid));
  return { calls: statements.reduce((sum, { calls }) => sum + calls, 0), statements, result };
}

/** The statements that the checkout runs while nobody buys: watches until one of them repeats. */
async function watchIdle(sql: Sql, signal: AbortSignal): Promise<Set<string>> {
  const deadline = Date.now() + LONGEST_IDLE_MS;
  for (;;) {
    await wait(250, undefined, { signal }).catch(() => undefined);
    const statements = await statementsOfCheckout(sql);
    const wentRound = statements.some((statement) => statement.calls >= 2);
    if (wentRound || signal.aborted || Date.now() > deadline)
      return new Set(statements.map((statement) => statement.queryid));
  }
}

function statementsOfCheckout(sql: Sql): Promise<Statement[]> {
  return sql`
    select queryid::text, sum(calls)::int as calls,
           min(left(trim(regexp_replace(s.query, '\\s+', ' ', 'g')), 60)) as text
      from pg_stat_statements s join pg_roles r on r.oid = s.userid
     where r.rolname = 'shopfast_checkout' and s.toplevel and s.query not ilike '%insert into payment_events%'
       and regexp_replace(s.query, '\\s+', ' ', 'g') not ilike ${ON_OPENING}
     group by queryid`;
}
