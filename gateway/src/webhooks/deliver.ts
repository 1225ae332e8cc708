import {
  type LeasedDelivery,
  leaseDeliveries,
  markDelivered,
  markMissed,
} from '@shopfast/db/webhook-deliveries';
import type { WebhookDeps } from './deps.ts';
import type { Post } from './post.ts';
import { signWebhook } from './sign.ts';

export const BATCH_SIZE = 10;
/** Longer than an attempt may take. */
const LEASE_SECONDS = 30;
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 3_600_000;
const MAX_RETRY_AGE_MS = 86_400_000;

type Needs = Pick<WebhookDeps, 'sql' | 'clock' | 'sealer'>;

/**
 * Sends due deliveries, a few at a time. Gateways share the work; each leases its rows.
 * @returns how many were sent or missed; fewer than a full batch: nothing more is due
 */
export async function deliverDue(deps: Needs, post: Post): Promise<number> {
  const now = new Date(deps.clock.now());
  const due = await leaseDeliveries(deps.sql, { now, limit: BATCH_SIZE, leaseSeconds: LEASE_SECONDS });
  await Promise.all(due.map((delivery) => deliver(deps, post, delivery)));
  return due.length;
}

async function deliver(deps: Needs, post: Post, delivery: LeasedDelivery): Promise<void> {
  const { sql, clock, sealer } = deps;
  const body = JSON.stringify({
    id: delivery.cause,
    type: delivery.event,
    created_at: delivery.created_at.toISOString(),
    room: delivery.room,
    data: delivery.data,
  });
  try {
    const signature = signWebhook(sealer.decrypt(delivery.secret_encrypted), body, clock.now());
    await post(delivery.url, body, { 'shopfast-signature': signature, 'shopfast-event': delivery.event });
  } catch (error) {
    const at = clock.now();
    const retryMs = retryAfterMs(delivery.attempts);
    const isOver = at + retryMs > delivery.created_at.getTime() + MAX_RETRY_AGE_MS;
    return markMissed(sql, delivery.id, {
      at: new Date(at),
      error: reasonOf(error),
      retryAt: isOver ? null : new Date(at + retryMs),
    });
  }
  await markDelivered(sql, delivery.id, new Date(clock.now()));
}

/** 10 s, 20 s, 40 s … to an hour, ±20 %. @param attempts made so far */
export function retryAfterMs(attempts: number, random = Math.random()): number {
  const doubled = FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20);
  return Math.round(Math.min(doubled, LONGEST_RETRY_MS) * (0.8 + 0.4 * random));
}

/** Short, and without any content of the receiver's answer. */
function reasonOf(error: unknown): string {
  const { name, message, code }: { name?: string; message?: string; code?: string } = Object(error);
  if (name === 'TimeoutError') return 'no answer within 5 s';
  return (code ?? message ?? 'failed').slice(0, 200);
}
