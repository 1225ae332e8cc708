import type { Sql } from '../client.ts';

/**
 * Assignments for an update of purchase_counts `c`, from a row with the order's `quantity` and `email_verified`: `u` in
 * a direct update, `k` for the locked row of the counts. Unpaid units without a claim are older than claims, and were
 * counted as firm.
 */
type By = 'u' | 'k';

/** An unpaid order ends: its claimed or held units are free again. */
export const freeHeld = (sql: Sql, by: By) => sql`
  claimed_units = ${counts(sql, by)}.claimed_units - ${claimOf(sql, by)},
  units = ${counts(sql, by)}.units - (${sql(by)}.quantity - ${claimOf(sql, by)})`;

/** An unpaid order is paid: its claim becomes firm. */
export const makeFirm = (sql: Sql, by: By) => sql`
  claimed_units = ${counts(sql, by)}.claimed_units - ${claimOf(sql, by)},
  units = ${counts(sql, by)}.units + ${claimOf(sql, by)}`;

/**
 * An order that ended unpaid buys after all. It has no claim any more, so it gets only units that no other claim needs.
 */
export const buyLate = (sql: Sql) => sql`
  claimed_units = case when k.units + k.claimed_units + k.quantity <= k.max_units then k.claimed_units else -1 end,
  units = k.units + k.quantity`;

const claimOf = (sql: Sql, by: By) => sql`
  case when ${sql(by)}.email_verified then 0 else least(${counts(sql, by)}.claimed_units, ${sql(by)}.quantity) end`;

const counts = (sql: Sql, by: By) => sql(by === 'k' ? 'k' : 'c');
