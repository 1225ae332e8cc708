import { outboxIdOf } from '@shopfast/kit/contracts/jobs';
import type { Sql } from '../client.ts';

/** Marks the job of an outbox row as ended. It is not queued again, even when its queue loses it. */
export async function markJobDone(sql: Sql, jobId: string | undefined): Promise<void> {
  const id = outboxIdOf(jobId);
  if (id !== undefined) await sql`update outbox set done_at = now() where id = ${id} and done_at is null`;
}
