import { type AuditEntry, auditChange } from './audit.ts';
import type { Sql } from './client.ts';
import { json } from './json.ts';
import type { RoomTemplate } from './schema/gateway.ts';

export async function findTemplate(sql: Sql, name: string): Promise<RoomTemplate | undefined> {
  const [template] = await sql<RoomTemplate[]>`select * from room_templates where name = ${name}`;
  return template;
}

export async function listTemplates(sql: Sql): Promise<RoomTemplate[]> {
  return await sql<RoomTemplate[]>`select * from room_templates order by name`;
}

/** Creates or replaces a template, with its audit entry. */
export async function saveTemplate(
  sql: Sql,
  template: { name: string; settings: Record<string, unknown> },
  entry: AuditEntry,
): Promise<RoomTemplate> {
  const [saved] = await sql<RoomTemplate[]>`
    with changed as (
      insert into room_templates (name, settings, created_at, updated_at)
      values (${template.name}, ${json(sql, template.settings)}, ${entry.at}, ${entry.at})
      on conflict (name) do update set settings = excluded.settings, updated_at = excluded.updated_at
      returning *
    ), ${auditChange(sql, entry)}
    select * from changed`;
  // The insert returns its row.
  return saved as RoomTemplate;
}

/** @returns whether there was such a template */
export async function deleteTemplate(sql: Sql, name: string, entry: AuditEntry): Promise<boolean> {
  const rows = await sql`
    with changed as (
      delete from room_templates where name = ${name} returning name
    ), ${auditChange(sql, entry)}
    select name from changed`;
  return rows.length === 1;
}
