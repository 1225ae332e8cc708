import type { Ticket, TicketSigner } from './ticket.ts';

/** About 250 bytes each; two generations of them, so at most 25 MB. */
const GENERATION = 50_000;

/**
 * Caches tickets with a verified signature: waiters send the same ticket again and again, and a look-up takes a tenth
 * of an HMAC. The key is the whole secret, so only verified tickets are found. It uses two generations instead of an
 * LRU list: used entries move to the new generation, unused ones are dropped with the old.
 */
export function cacheVerified(signer: TicketSigner, generation = GENERATION): TicketSigner {
  let young = new Map<string, Ticket>();
  let old = new Map<string, Ticket>();

  function cache(secret: string, ticket: Ticket): void {
    if (young.size >= generation) {
      old = young;
      young = new Map();
    }
    young.set(secret, ticket);
  }

  return {
    // Not cached at the join: in a rush most tickets poll only later, and caching them all would create garbage.
    sign: signer.sign,
    verify: (secret) => {
      const known = young.get(secret);
      if (known) return known;
      const ticket = old.get(secret) ?? signer.verify(secret);
      if (ticket) cache(secret, ticket);
      return ticket;
    },
  };
}
