import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from '@shopfast/db/client';
import { type OutboxJob, publishOutbox } from '@shopfast/db/outbox';
import type { Clock } from '@shopfast/kit/clock';
import { jobId } from '@shopfast/kit/contracts/jobs';
import { QUEUES, type QueueName } from '@shopfast/kit/contracts/limits';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import type { Queues } from '../queues.ts';
import { withTimeout } from '../with-timeout.ts';
import { jobOptions, type RetryPlans } from './job-options.ts';

const POLL_MS = 100;
const MAX_BACKOFF_MS = 5_000;
const BATCH = 200;
/**
 * How long the queues may take for a batch. A batch that they accept later is not lost: it is added again under the
 * same ids.
 */
const ADD_WITHIN_MS = 5_000;
const LEASE_SECONDS = 15;

export type RelayDeps = {
  sql: Sql;
  queues: Queues;
  plans: RetryPlans;
  clock: Clock;
  log: Log;
  lifecycle: Lifecycle;
  /** Called after each batch with its number of jobs. */
  onPublished?: (count: number) => void;
};

/**
 * Moves jobs from the outbox to their queues until the lifecycle closes. Any number of relays may run; each row is
 * published once, under an id by which the queue recognises a repetition. After a failure the relay waits and tries
 * again, for ever.
 */
export function startRelay(deps: RelayDeps): void {
  const stop = new AbortController();
  const running = relay(deps, stop.signal);
  deps.lifecycle.onClose('outbox relay', () => {
    stop.abort();
    return running;
  });
}

async function relay(deps: RelayDeps, stopped: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stopped.aborted) {
    let waitMs = POLL_MS;
    try {
      const published = await publishOutbox(deps.sql, { limit: BATCH, leaseSeconds: LEASE_SECONDS }, (rows) =>
        addJobs(rows, deps),
      );
      if (published > 0) deps.onPublished?.(published);
      if (published === BATCH) waitMs = 0;
      if (failures > 0) deps.log.info({ failures }, 'the outbox relay works again');
      failures = 0;
    } catch (err) {
      failures += 1;
      if (failures === 1)
        deps.log.warn({ err }, 'the outbox relay waits: database or queues are unavailable');
      waitMs = Math.min(POLL_MS * 2 ** failures, MAX_BACKOFF_MS) * (0.5 + Math.random());
    }
    await delay(waitMs, undefined, { signal: stopped }).catch(() => {});
  }
}

async function addJobs(rows: OutboxJob[], deps: RelayDeps): Promise<void> {
  const now = deps.clock.now();
  const add = async (queue: QueueName) => {
    const jobs = rows.filter((row) => row.queue === queue);
    if (jobs.length > 0) await deps.queues[queue].addBulk(jobs.map((row) => toJob(row, now, deps.plans)));
  };
  await withTimeout(ADD_WITHIN_MS, 'handing jobs to the queues', Promise.all(QUEUES.map(add)));
}

function toJob(row: OutboxJob, now: number, plans: RetryPlans) {
  const delayMs = row.delay_until ? Math.max(0, row.delay_until.getTime() - now) : 0;
  return {
    name: row.name,
    data: row.payload,
    opts: { ...jobOptions(row.name, plans), jobId: jobId(row.id), delay: delayMs },
  };
}
