import type postgres from 'postgres';
import type { Sql } from './client.ts';

/**
 * One bounded step through a table by its primary key. It reads at most `limit` rows, and deletes those that are
 * finished and older than `before`. So a clean-up needs no index of its own and never holds many locks.
 */
export type Step = { before: Date; after: string | null; limit: number };

/** `next` is the start of the following step; null when the end of the table is reached. */
export type Stepped = { gone: number; next: string | null };

/** Finished work that is deleted after some time. */
export const FINISHED_WORK = ['jobs', 'emails', 'paymentEvents', 'accountMails', 'turnReminders'] as const;
export type FinishedWork = (typeof FINISHED_WORK)[number];

/** The result of a step's statement: rows deleted, rows read, and the last key that was read. */
type StepRow = { gone: number; read: number; last: string | null };

/** Deletes finished work. Unfinished work stays at any age. */
export async function cleanUp(sql: Sql, what: FinishedWork, step: Step): Promise<Stepped> {
  const { before, limit } = step;
  const {
    table,
    key,
    from,
    overAt,
    columns = sql``,
    mayGo = sql`true`,
    isRead = sql`true`,
  } = partsOf(sql, what, step);
  const [row] = await sql<StepRow[]>`
    with portion as materialized (
      select ${key} as key, ${overAt} as over_at ${columns} from ${table} where ${key} > ${from} order by ${key} limit ${limit}
    ), open_mails as materialized (
      select payload ->> 'order_id' as order_id from outbox
      where name = 'email.send' and (published_at is null or (done_at is null and published_at is not null))
    ), old as (
      select ${key} as key from ${table}
      where ${key} in (select portion.key from portion where over_at < ${before} and ${mayGo})
      for update skip locked
    ), gone as (
      delete from ${table} where ${key} in (select key from old) returning 1
    )
    select (select count(*) from gone)::int as gone, (select count(*) from portion where ${isRead})::int as read,
      (select key::text from portion order by key desc limit 1) as last`;
  if (!row) return { gone: 0, next: null };
  return { gone: row.gone, next: row.read < limit ? null : row.last };
}

const NO_ID = '00000000-0000-0000-0000-000000000000';

type Part = postgres.PendingQuery<postgres.Row[]>;
type Parts = {
  table: Part;
  key: Part;
  from: Part;
  /** When a row was finished; null while it is not. */
  overAt: Part;
  /** Columns of the portion that `mayGo` and `isRead` use. */
  columns?: Part;
  mayGo?: Part;
  /** Counts a row as read. A portion with fewer than `limit` such rows is the last one. */
  isRead?: Part;
};

/** How each kind of work is stored, as parts of the statement above. Postgres does not run a part that is not used. */
function partsOf(sql: Sql, what: FinishedWork, { before, after }: Step): Parts {
  switch (what) {
    // An unfinished job stays, because it must be queued again. Ids rise with time, so the walk ends at the first
    // portion with newer jobs.
    case 'jobs':
      return {
        ...{ table: sql`outbox`, key: sql`id`, from: sql`${after ?? '0'}::bigint`, overAt: sql`done_at` },
        ...{ columns: sql`, created_at`, isRead: sql`created_at < ${before}` },
      };
    // Its row keeps a repeated job from sending twice. So the mails of an order stay while any of its mail jobs is not
    // done, because that job may be queued again.
    case 'emails':
      return {
        ...{ table: sql`emails`, key: sql`cause`, from: sql`${after ?? ''}` },
        ...{ overAt: sql`case when state = 'sent' then sent_at end`, columns: sql`, order_id` },
        mayGo: sql`not exists (select from open_mails open where open.order_id = portion.order_id::text)`,
      };
    // Its effects are stored in orders and payments.
    case 'paymentEvents':
      return {
        ...{ table: sql`payment_events`, key: sql`id`, from: sql`${after ?? ''}`, overAt: sql`handled_at` },
      };
    // No job sends a mail that was sent or has expired.
    case 'accountMails':
      return {
        ...{ table: sql`account_mails`, key: sql`id`, from: sql`${after ?? NO_ID}::uuid` },
        overAt: sql`coalesce(sent_at, expires_at)`,
      };
    case 'turnReminders':
      return {
        ...{ table: sql`turn_mails`, key: sql`cause`, from: sql`${after ?? ''}` },
        overAt: sql`coalesce(sent_at, expires_at)`,
      };
  }
}
