import { outboxIdOf } from '@shopfast/kit/contracts/jobs';
import type { Sql } from '../client.ts';

/** The job of an outbox row has ended; should its queue forget that, the row is not handed over again. */
export async function markJobDone(sql: Sql, jobId: string | undefined): Promise<void> {
  const id = outboxIdOf(jobId);
  if (id !== undefined) await sql`update outbox set done_at = now() where id = ${id} and done_at is null`;
}
