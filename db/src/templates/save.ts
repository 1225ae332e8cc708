import { type AuditEntry, auditChange } from '../audit/entry.ts';
import type { Sql } from '../client.ts';
import type { RoomTemplate } from '../schema/gateway.ts';

/** Creates or replaces a template, with its audit entry. */
export async function saveTemplate(
  sql: Sql,
  template: { name: string; settings: Record<string, unknown> },
  entry: AuditEntry,
): Promise<RoomTemplate> {
  const [saved] = await sql<RoomTemplate[]>`
    with changed as (
      insert into room_templates (name, settings, created_at, updated_at)
      values (${template.name}, ${sql.json(template.settings as never)}, ${entry.at}, ${entry.at})
      on conflict (name) do update set settings = excluded.settings, updated_at = excluded.updated_at
      returning *
    ), ${auditChange(sql, entry)}
    select * from changed`;
  return saved as RoomTemplate;
}
