import type { JobFigures } from '@shopfast/kit/contracts/background-jobs';
import type { QueueName } from '@shopfast/kit/contracts/limits';

/** good: normal; warn: check it; bad: customers will notice soon; unknown: cannot be read. */
export type Level = 'good' | 'warn' | 'bad' | 'unknown';

export type Health = {
  payment: { level: Level; why: 'ok' | 'open' | 'half_open' | 'failing' | 'unknown' };
  email: { level: Level; why: 'ok' | 'failing' | 'dead' | 'unknown' };
  /** How long the oldest waiting job has waited, s. */
  queues: { level: Level; waiting: number | null; oldestSeconds: number | null };
  deadLetters: { level: Level; count: number | null };
};

const SLOW_SECONDS = 30;
const STUCK_SECONDS = 300;

/** Interprets the figures of background work. Null figures (the workers are unavailable): everything is unknown. */
export function healthOf(figures: JobFigures | null): Health {
  return {
    payment: paymentOf(figures),
    email: emailOf(figures),
    queues: queuesOf(figures),
    deadLetters: deadLettersOf(figures),
  };
}

function paymentOf(figures: JobFigures | null): Health['payment'] {
  if (!figures) return { level: 'unknown', why: 'unknown' };
  const { breaker } = figures.payment;
  if (breaker === 'open') return { level: 'bad', why: 'open' };
  if (breaker === 'half_open') return { level: 'warn', why: 'half_open' };
  return mostFail(figures, 'payment') ? { level: 'warn', why: 'failing' } : { level: 'good', why: 'ok' };
}

function emailOf(figures: JobFigures | null): Health['email'] {
  if (!figures) return { level: 'unknown', why: 'unknown' };
  if (mostFail(figures, 'email')) return { level: 'bad', why: 'failing' };
  return figures.dead_letters?.email ? { level: 'warn', why: 'dead' } : { level: 'good', why: 'ok' };
}

/** In the last minutes more attempts failed than succeeded. */
function mostFail({ attempts }: JobFigures, queue: QueueName): boolean {
  const counts = attempts.queues.find((one) => one.queue === queue);
  return counts !== undefined && counts.failed > counts.done;
}

function queuesOf(figures: JobFigures | null): Health['queues'] {
  if (!figures?.queues || !figures.outbox) return { level: 'unknown', waiting: null, oldestSeconds: null };
  const { queues, outbox } = figures;
  const oldest = Math.max(outbox.oldest_seconds, ...queues.map(({ oldest_seconds }) => oldest_seconds ?? 0));
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, outbox.jobs);
  const level = oldest >= STUCK_SECONDS ? 'bad' : oldest >= SLOW_SECONDS ? 'warn' : 'good';
  return { level, waiting, oldestSeconds: waiting > 0 ? oldest : null };
}

function deadLettersOf(figures: JobFigures | null): Health['deadLetters'] {
  if (!figures?.dead_letters) return { level: 'unknown', count: null };
  const count = Object.values(figures.dead_letters).reduce((sum, letters) => sum + letters, 0);
  return { level: count > 0 ? 'warn' : 'good', count };
}
