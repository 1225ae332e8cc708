import type { Sql } from '../client.ts';
import type { Address } from '../schema/accounts.ts';

export async function readAddresses(sql: Sql, userId: string): Promise<Address[]> {
  const [book] = await sql<{ addresses: Address[] }[]>`
    select addresses from address_books where user_id = ${userId}`;
  return book?.addresses ?? [];
}

export async function replaceAddresses(
  sql: Sql,
  { userId, addresses, now }: { userId: string; addresses: Address[]; now: Date },
): Promise<void> {
  await sql`
    insert into address_books (user_id, addresses, updated_at)
    values (${userId}, ${sql.json(addresses as never)}, ${now})
    on conflict (user_id) do update set addresses = excluded.addresses, updated_at = excluded.updated_at`;
}
