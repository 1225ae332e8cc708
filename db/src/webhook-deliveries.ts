import type { WebhookEvent } from '@shopfast/kit/contracts/limits';
import type { Sql } from './client.ts';
import { json } from './json.ts';
import type { WebhookDelivery } from './schema/webhooks.ts';

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
    cross join jsonb_to_recordset(${json(sql, events)}) as happened(event text, data jsonb)
    join webhooks on happened.event = any(webhooks.events)
    on conflict (webhook_id, cause) do nothing
  )`;

export type Backlog = { webhook: string; room: string; waiting: number; threshold: number; at: Date };

/** Enqueues an event when a room's backlog rises above a webhook's threshold, once until it has fallen again. */
export async function backlogRose(
  sql: Sql,
  { webhook, room, waiting, threshold, at }: Backlog,
): Promise<void> {
  await sql`
    with changed as (
      insert into webhook_backlogs (webhook_id, room, is_over, episodes)
      select webhooks.id, rooms.id, true, 1 from webhooks, rooms where webhooks.id = ${webhook} and rooms.id = ${room}
      on conflict (webhook_id, room) do update
        set is_over = true, episodes = webhook_backlogs.episodes + 1 where not webhook_backlogs.is_over
      returning *
    )
    insert into webhook_deliveries (webhook_id, room, event, cause, data, created_at, next_attempt_at)
    select webhook_id, room, 'room.backlog', 'room.backlog:' || room || ':' || episodes,
      ${sql.json({ waiting, threshold })}, ${at}, ${at}
    from changed
    on conflict (webhook_id, cause) do nothing`;
}

export async function backlogFell(sql: Sql, webhook: string, room: string): Promise<void> {
  await sql`
    update webhook_backlogs set is_over = false where webhook_id = ${webhook} and room = ${room} and is_over`;
}

export type LeasedDelivery = WebhookDelivery & { url: string; secret_encrypted: string };

/**
 * Leases due deliveries to the caller, oldest first. They are due again when the lease ends. The attempt is counted
 * now, so that a delivery whose sender dies is not tried for ever.
 */
export async function leaseDeliveries(
  sql: Sql,
  options: { now: Date; limit: number; leaseSeconds: number },
): Promise<LeasedDelivery[]> {
  return await sql<LeasedDelivery[]>`
    update webhook_deliveries delivery
    set attempts = attempts + 1, next_attempt_at = ${options.now}::timestamptz + make_interval(secs => ${options.leaseSeconds})
    from webhooks
    where webhooks.id = delivery.webhook_id and delivery.id in (
      select id from webhook_deliveries
      where delivered_at is null and failed_at is null and next_attempt_at <= ${options.now}
      order by next_attempt_at limit ${options.limit}
      for update skip locked
    )
    returning delivery.*, webhooks.url, webhooks.secret_encrypted`;
}

export async function markDelivered(sql: Sql, id: number, at: Date): Promise<void> {
  await sql`update webhook_deliveries set delivered_at = ${at}, last_error = null where id = ${id}`;
}

/** @param retryAt null: it was the last attempt */
export async function markMissed(
  sql: Sql,
  id: number,
  miss: { at: Date; error: string; retryAt: Date | null },
): Promise<void> {
  await sql`
    update webhook_deliveries
    set last_error = ${miss.error}, next_attempt_at = coalesce(${miss.retryAt}::timestamptz, next_attempt_at),
      failed_at = case when ${miss.retryAt}::timestamptz is null then ${miss.at}::timestamptz end
    where id = ${id} and delivered_at is null`;
}

/** The deliveries of one webhook, newest first. */
export async function listDeliveries(sql: Sql, webhook: string, limit: number): Promise<WebhookDelivery[]> {
  return await sql<WebhookDelivery[]>`
    select * from webhook_deliveries where webhook_id = ${webhook} order by id desc limit ${limit}`;
}

/** Deletes at most `limit` deliveries that were settled before that time. @returns how many were deleted */
export async function cleanUpDeliveries(sql: Sql, before: Date, limit: number): Promise<number> {
  const rows = await sql`
    delete from webhook_deliveries where id = any(array(
      select id from webhook_deliveries
      where created_at < ${before} and (delivered_at is not null or failed_at is not null)
      order by id limit ${limit}))
    returning 1`;
  return rows.length;
}
