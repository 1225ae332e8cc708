import type { Sql } from '@shopfast/db/client';
import { markJobDone, requeue } from '@shopfast/db/outbox';
import type { Clock } from '@shopfast/kit/clock';
import type { JobFigures } from '@shopfast/kit/contracts/background-jobs';
import { QUEUES, type QueueName } from '@shopfast/kit/contracts/limits';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import type { RedisClient } from '@shopfast/kit/redis';
import { repeat } from '@shopfast/kit/repeat';
import type { Job } from 'bullmq';
import { createAttempts, readJobFigures } from './admin/job-figures.ts';
import { recordFailedJob, sweepFailedJobs } from './dead-letters.ts';
import { domainOf, type Mailer } from './email/mailer.ts';
import { sendMail } from './email/send.ts';
import { expireOrderHold, sweepOverdueHolds } from './holds/expire.ts';
import { createMetrics, type WorkersMetrics } from './metrics.ts';
import { type RetryPlans, retryPlans } from './outbox/job-options.ts';
import { startRelay } from './outbox/relay.ts';
import { chargeOrder } from './payment/charge.ts';
import type { PaymentDeps } from './payment/deps.ts';
import { handlePaymentEvent } from './payment/event.ts';
import type { PaymentProvider } from './payment/provider.ts';
import { refundOrder } from './payment/refund.ts';
import type { ResiliencePolicy } from './payment/resilience-policy.ts';
import { sweepOpenPayments } from './payment/sweep.ts';
import { openQueues, type Queues } from './queues.ts';
import { closeWorker, type Handlers, runQueue, type TakeOver, takeOver } from './run-queue.ts';
import type { GatewayAdmin } from './slots/gateway.ts';
import { settleSlot, signalStock } from './slots/settle.ts';

const SWEEP_MS = 60_000;
const STOCK_SIGNAL_MS = 5_000;
const LOST_JOBS = 2_000;

export type WorkersParts = {
  sql: Sql;
  /** For adding jobs and for metrics: fails fast. */
  producerRedis: RedisClient;
  /** For processing jobs: waits for Redis without a limit. */
  workerRedis: RedisClient;
  provider: PaymentProvider;
  policy: ResiliencePolicy;
  mailer: Mailer;
  mailFrom: string;
  gateway: GatewayAdmin;
  publicUrl: string;
  concurrency: Record<QueueName, number>;
  plans?: RetryPlans;
  takeOver?: TakeOver;
  /** How often the sweeps look for lost or late work, ms. */
  sweepMs?: number;
  clock: Clock;
  log: Log;
  lifecycle: Lifecycle;
};

export type RunningWorkers = WorkersMetrics & { figures(): Promise<JobFigures>; queues: Queues };

/** Starts the relay and the workers of every queue. They stop with the lifecycle, after their running jobs. */
export function startWorkers(parts: WorkersParts): RunningWorkers {
  const { sql, clock, log, lifecycle, plans = retryPlans, sweepMs = SWEEP_MS } = parts;
  const queues = openQueues(parts.producerRedis, { log, lifecycle });
  const sources = { sql, queues, policy: parts.policy, attempts: createAttempts(clock), clock };
  const metrics = createMetrics(sources);
  const payments: PaymentDeps = { ...parts, onAlarm: metrics.paymentAlarm };
  const handlers = createHandlers(parts, payments);
  const onExhausted = async (job: Job) => {
    metrics.deadLetter(job.name);
    await recordFailedJob(sql, job).catch((err: unknown) =>
      log.warn({ err, job_id: job.id }, 'could not store a dead letter; the next sweep will'),
    );
  };

  const workers = QUEUES.map((queue) =>
    runQueue(queue, {
      redis: parts.workerRedis,
      handlers,
      concurrency: parts.concurrency[queue],
      plans,
      takeOver: parts.takeOver ?? takeOver,
      metrics,
      onDone: (job) => markJobDone(sql, job.id),
      onExhausted,
      log,
    }),
  );
  lifecycle.onClose('workers', () =>
    Promise.all(workers.map((worker) => closeWorker(worker, parts.workerRedis, log))),
  );
  startRelay({ sql, queues, plans, clock, log, lifecycle, onPublished: metrics.published });

  let sweptAt = 0;
  const sweepDeadLetters = async () => {
    const startedAt = clock.now();
    // Reads the failed jobs of the last rounds again, in case one could not be stored in time.
    await sweepFailedJobs(sql, queues, sweptAt - 3 * sweepMs);
    sweptAt = startedAt;
  };
  repeat(sweepMs, 'sweep of dead letters', sweepDeadLetters, { log, lifecycle });
  const sweepLostJobs = async () => {
    const jobs = await requeue(sql, { lateMs: sweepMs / 2, limit: LOST_JOBS });
    if (jobs > 0) log.debug({ jobs }, 'late jobs were queued again, in case their queues lost them');
  };
  repeat(sweepMs / 4, 'sweep of lost jobs', sweepLostJobs, { log, lifecycle });
  repeat(sweepMs / 2, 'sweep of open payments', () => sweepOpenPayments(payments, sweepMs), {
    log,
    lifecycle,
  });
  repeat(STOCK_SIGNAL_MS, 'stock signal', () => signalStock(parts), { log, lifecycle });
  repeat(sweepMs, 'sweep of overdue holds', () => sweepOverdueHolds(payments, sweepMs), { log, lifecycle });
  return { ...metrics, figures: () => readJobFigures(sources), queues };
}

function createHandlers(parts: WorkersParts, payments: PaymentDeps): Handlers {
  const mails = { ...parts, mailDomain: domainOf(parts.mailFrom) };
  return {
    'payment.charge': (payload) => chargeOrder(payload, payments),
    'payment.event': (payload) => handlePaymentEvent(payload, payments),
    'payment.refund': (payload) => refundOrder(payload, payments),
    'email.send': (payload) => sendMail({ name: 'email.send', payload }, mails),
    'email.account': (payload) => sendMail({ name: 'email.account', payload }, mails),
    'email.turn': (payload) => sendMail({ name: 'email.turn', payload }, mails),
    'holds.expire': (payload) => expireOrderHold(payload, payments),
    'slots.settle': (payload) => settleSlot(payload, parts),
  };
}
