import type { Sql } from '@shopfast/db/client';
import { resendDeadLetter } from '@shopfast/db/dead-letters';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import type { Clock } from '@shopfast/kit/clock';
import { Problem } from '@shopfast/kit/errors';

/**
 * Sends a dead letter again, once, audited. A repeated call has no effect.
 * @returns whether this call sent it
 * @throws Problem dead_letter_unknown
 */
export async function resend(
  { sql, clock }: { sql: Sql; clock: Clock },
  id: number,
  author: Author,
): Promise<boolean> {
  const at = clock.now();
  const entry = auditEntry(author, at, { action: 'dead_letter.resend', target: String(id) });
  const outcome = await resendDeadLetter(sql, { id, now: new Date(at) }, entry);
  if (outcome === 'unknown') throw new Problem('dead_letter_unknown');
  return outcome === 'resent';
}
