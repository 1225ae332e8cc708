import { z } from 'zod';

/**
 * The jobs of ShopFast. Each is born in the outbox table, in the transaction that makes it true, and is added to its
 * BullMQ queue by the relay under the outbox row's id. Every handler may run twice.
 */
export const QUEUES = ['payment', 'email', 'holds', 'slots'] as const;
export type QueueName = (typeof QUEUES)[number];

const orderId = z.uuid();

export const jobs = {
  /** Charge an order that holds its units. */
  'payment.charge': { queue: 'payment', payload: z.object({ order_id: orderId }) },
  /** A stored, verified webhook event waits to be acted on. */
  'payment.event': { queue: 'payment', payload: z.object({ event_id: z.string().min(1) }) },
  /** Give the money of an order back: it came after its end, or somebody asked for it. */
  'payment.refund': { queue: 'payment', payload: z.object({ order_id: orderId, reason: z.string().min(1) }) },
  /** Send the mail of one cause. */
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
  /** Send one mail of an account; what it says, and the secret of its link, stay in the database. */
  'email.account': { queue: 'email', payload: z.object({ mail_id: z.uuid() }) },
  /** Send the mail that a ticket's turn is near; where to, and the link back to the place, stay in the database. */
  'email.turn': { queue: 'email', payload: z.object({ cause: z.string().min(1) }) },
  /** The hold of an order runs out at `hold_until`, unless it was paid. Added with a delay. */
  'holds.expire': { queue: 'holds', payload: z.object({ order_id: orderId, hold_until: z.iso.datetime() }) },
  /** Tell the gateway the room's stock figures and, with a `jti`, that this token's slot is free again. */
  'slots.settle': {
    queue: 'slots',
    payload: z.object({ room: z.string().min(1), jti: z.string().min(1).optional() }),
  },
} as const satisfies Record<string, { queue: QueueName; payload: z.ZodType }>;

export type JobName = keyof typeof jobs;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobs)[Name]['payload']>;
export type EmailTemplate = JobPayload<'email.send'>['template'];

/** Where operators look into the queues with a browser. */
export const JOB_BOARD = '/v1/admin/jobs/board';

/** BullMQ id of an outbox row's job: neither all digits nor with a colon. */
export function jobId(outboxId: string | number | bigint): string {
  return `outbox-${outboxId}`;
}

/** The outbox row of a job, by its BullMQ id; undefined for a job that was not born there. */
export function outboxIdOf(id: string | undefined): number | undefined {
  const [, row] = /^outbox-(\d+)$/.exec(id ?? '') ?? [];
  return row === undefined ? undefined : Number(row);
}

/** BullMQ key prefix of a queue: a hash tag each, so that a queue stays in one Cluster slot. */
export function queuePrefix(queue: QueueName): string {
  return `{shopfast-${queue}}`;
}
