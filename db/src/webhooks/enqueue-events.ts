import type { WebhookEvent } from '@shopfast/kit/contracts/limits';
import type { Sql } from '../client.ts';

export type RoomEvent = { event: WebhookEvent; data: Record<string, unknown> };

/**
 * CTE `webhook_events`: for each event a delivery to each subscribed webhook, if CTE `changed` has the room's new row;
 * in the same statement as the change. A room reaches each version once, so the version identifies the cause.
 */
export const enqueueWebhookEvents = (sql: Sql, events: RoomEvent[], at: Date) => sql`
  webhook_events as (
    insert into webhook_deliveries (webhook_id, room, event, cause, data, created_at, next_attempt_at)
    select webhooks.id, changed.id, happened.event, happened.event || ':' || changed.id || ':' || changed.version,
      happened.data || jsonb_build_object('rehearsal', coalesce((changed.settings->>'rehearsal')::boolean, false)),
      ${at}::timestamptz, ${at}::timestamptz
    from changed
    cross join jsonb_to_recordset(${sql.json(events as never)}) as happened(event text, data jsonb)
    join webhooks on happened.event = any(webhooks.events)
    on conflict (webhook_id, cause) do nothing
  )`;
