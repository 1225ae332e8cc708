import type { Sql } from '../client.ts';

export type PaymentAlarm = {
  kind: string;
  /** The job that an operator may send again. */
  name: string;
  payload: Record<string, string>;
  error: string;
  now: Date;
};

/**
 * Stores an alarm about money among the dead letters, one for each kind and job.
 * @returns whether it is new: found for the first time, or again after an operator had resent it
 */
export async function raisePaymentAlarm(sql: Sql, alarm: PaymentAlarm): Promise<boolean> {
  const rows = await sql`
    insert into dead_letters (queue, name, job_id, payload, error, attempts, failed_at)
    values (
      'payment', ${alarm.name}, ${['alarm', alarm.kind, alarm.payload.event_id ?? alarm.payload.order_id].join('-')},
      ${sql.json(alarm.payload)}, ${alarm.error}, 1, ${alarm.now}
    )
    on conflict (job_id) do update
    set error = excluded.error, failed_at = excluded.failed_at, resent_at = null
    where dead_letters.resent_at is not null or dead_letters.error <> excluded.error
    returning id`;
  return rows.length === 1;
}
