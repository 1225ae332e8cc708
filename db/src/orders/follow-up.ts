import type { EmailTemplate } from '@shopfast/kit/contracts/jobs';
import type { Sql } from '../client.ts';

/** CTE `follow_up`: for each order of CTE `ended` or `paid`, jobs for its mail and for the room's new stock figures. */
export const followUp = (sql: Sql, orders: 'ended' | 'paid', template: EmailTemplate, now: Date) => sql`
  follow_up as (
    insert into outbox (queue, name, payload, created_at)
    select job.queue, job.name, job.payload, ${now}::timestamptz
    from ${sql(orders)} o cross join lateral (values
      ('email', 'email.send', jsonb_build_object('order_id', o.id, 'template', ${template}::text)),
      ('slots', 'slots.settle', jsonb_build_object('room', o.room_id))
    ) as job (queue, name, payload)
  )`;
