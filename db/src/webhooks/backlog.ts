import type { Sql } from '../client.ts';

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
