import type { Sql } from '@shopfast/db/client';
import { recordDeadLetter } from '@shopfast/db/dead-letters';
import { type JobName, type JobPayload, jobs } from '@shopfast/kit/contracts/jobs';
import { SALE_ROOM } from './rooms.ts';

type Letter = { [Name in JobName]: { name: Name; payload: JobPayload<Name>; error: string } }[JobName];

/** Jobs without attempts left, in each queue. Sending them again is safe: their order exists. */
export async function makeDeadLetters(sql: Sql, orderId: string, now = Date.now()): Promise<number> {
  const order = { order_id: orderId };
  const letters: Letter[] = [
    { name: 'payment.charge', payload: order, error: 'StripeConnectionError: the provider did not answer' },
    { name: 'email.send', payload: { ...order, template: 'order_paid' }, error: 'connect ECONNREFUSED' },
    {
      name: 'email.send',
      payload: { ...order, template: 'order_received' },
      error: '550 mailbox unavailable',
    },
    { name: 'slots.settle', payload: { room: SALE_ROOM }, error: 'the gateway answered 503' },
    {
      name: 'holds.expire',
      payload: { ...order, hold_until: new Date(now - 1_200_000).toISOString() },
      error: 'canceling statement due to statement timeout',
    },
  ];
  for (const [nth, { name, payload, error }] of letters.entries())
    await recordDeadLetter(sql, {
      ...{ queue: jobs[name].queue, name, payload, error, attempts: 12 },
      ...{ job_id: `seed-${orderId}-${nth}`, failed_at: new Date(now - nth * 300_000) },
    });
  return letters.length;
}
