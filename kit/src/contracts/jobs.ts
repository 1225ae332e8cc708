import { z } from 'zod';
import type { QueueName } from './limits.ts';

const orderId = z.uuid();

/**
 * The jobs of ShopFast. Each one is written to the outbox table in the transaction that causes it. The relay adds it to
 * its BullMQ queue under the id of the outbox row. Every handler may run twice.
 */
export const jobs = {
  /** Charges an order that holds its units. */
  'payment.charge': { queue: 'payment', payload: z.object({ order_id: orderId }) },
  /** Handles a stored, verified webhook event. */
  'payment.event': { queue: 'payment', payload: z.object({ event_id: z.string().min(1) }) },
  /** Refunds an order: the money arrived after its end, or a refund was requested. */
  'payment.refund': { queue: 'payment', payload: z.object({ order_id: orderId, reason: z.string().min(1) }) },
  /** Sends the mail of one cause. */
  'email.send': {
    queue: 'email',
    payload: z.object({
      order_id: orderId,
      template: z.enum([
        'order_received',
        'order_paid',
        'order_declined',
        'order_expired',
        'order_refunded',
        'order_cancelled',
      ]),
    }),
  },
  /** Sends one mail of an account. Its content and the secret of its link stay in the database. */
  'email.account': { queue: 'email', payload: z.object({ mail_id: z.uuid() }) },
  /** Sends a turn reminder. The address and the link back to the place stay in the database. */
  'email.turn': { queue: 'email', payload: z.object({ cause: z.string().min(1) }) },
  /** Expires the hold of an order at `hold_until`, unless it was paid. Added with a delay. */
  'holds.expire': { queue: 'holds', payload: z.object({ order_id: orderId, hold_until: z.iso.datetime() }) },
  /**
   * Sends the room's stock figures to the gateway. With a `jti` it also reports that this token's slot is free again.
   */
  'slots.settle': {
    queue: 'slots',
    payload: z.object({ room: z.string().min(1), jti: z.string().min(1).optional() }),
  },
} as const satisfies Record<string, { queue: QueueName; payload: z.ZodType }>;

export type JobName = keyof typeof jobs;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobs)[Name]['payload']>;
export type EmailTemplate = JobPayload<'email.send'>['template'];

/** Path of the board where operators inspect the queues in a browser. */
export const JOB_BOARD = '/v1/admin/jobs/board';

/** BullMQ id of an outbox row's job. BullMQ forbids ids of digits only and ids with a colon. */
export function jobId(outboxId: string | number | bigint): string {
  return `outbox-${outboxId}`;
}

/** The outbox row of a job, by its BullMQ id; undefined for a job that did not come from the outbox. */
export function outboxIdOf(id: string | undefined): number | undefined {
  const [, row] = /^outbox-(\d+)$/.exec(id ?? '') ?? [];
  return row === undefined ? undefined : Number(row);
}

/** BullMQ key prefix of a queue. Each has its own hash tag, so that a queue stays in one Cluster slot. */
export function queuePrefix(queue: QueueName): string {
  return `{shopfast-${queue}}`;
}
