import type { Sql } from '../client.ts';

/** Saves how often codes of a room were used in an epoch. A count never decreases. */
export async function saveCodeUses(
  sql: Sql,
  room: { id: string; epoch: number },
  uses: ReadonlyMap<string, number>,
): Promise<void> {
  await sql`
    insert into code_uses (room_id, epoch, code_id, uses)
    select ${room.id}, ${room.epoch}::integer, code_id, uses
    from unnest(${[...uses.keys()]}::text[], ${[...uses.values()]}::integer[]) as used (code_id, uses)
    where exists (select from rooms where id = ${room.id})
    order by code_id
    on conflict (room_id, epoch, code_id)
    do update set uses = greatest(code_uses.uses, excluded.uses)`;
}
