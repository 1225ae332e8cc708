import { fileURLToPath } from 'node:url';
import type { Sql } from './client.ts';

export type Violation = { rule: string; subject: string; expected: number; found: number };

/** The statement itself, to run it with psql. */
export const CONSERVATION_SQL = fileURLToPath(new URL('./conservation.sql', import.meta.url));

/** Every violated guarantee about units, tokens, limits and money; an empty list when all hold. */
export async function findViolations(sql: Sql): Promise<Violation[]> {
  return await sql.file<Violation[]>(CONSERVATION_SQL);
}
