import type { PostalAddress } from '@shopfast/kit/contracts/accounts';
import type { Sql } from '../client.ts';

export async function readAddresses(sql: Sql, userId: string): Promise<PostalAddress[]> {
  const [book] = await sql<{ addresses: PostalAddress[] }[]>`
    select addresses from address_books where user_id = ${userId}`;
  return book?.addresses ?? [];
}

export async function replaceAddresses(
  sql: Sql,
  { userId, addresses, now }: { userId: string; addresses: PostalAddress[]; now: Date },
): Promise<void> {
  await sql`
    insert into address_books (user_id, addresses, updated_at)
    values (${userId}, ${sql.json(addresses as never)}, ${now})
    on conflict (user_id) do update set addresses = excluded.addresses, updated_at = excluded.updated_at`;
}
