import type { Ticket, TicketSigner } from './ticket.ts';

/** About 250 bytes each; two generations of them, so 25 MB at most. */
const GENERATION = 50_000;

/**
 * Remembers the tickets whose signatures it has seen to be good: waiters ask with the same ticket again and again, and a
 * look-up costs a tenth of an HMAC. The whole secret is the key, so only what was verified before is found.
 * Two generations instead of a list by last use: what is asked for is carried over, what is not is dropped with its elders.
 */
export function rememberVerified(signer: TicketSigner, generation = GENERATION): TicketSigner {
  let young = new Map<string, Ticket>();
  let old = new Map<string, Ticket>();

  function remember(secret: string, ticket: Ticket): void {
    if (young.size >= generation) {
      old = young;
      young = new Map();
    }
    young.set(secret, ticket);
  }

  return {
    // Not remembered yet: in a rush most who join ask next in a while, and remembering them all is garbage to collect.
    sign: signer.sign,
    verify: (secret) => {
      const known = young.get(secret);
      if (known) return known;
      const ticket = old.get(secret) ?? signer.verify(secret);
      if (ticket) remember(secret, ticket);
      return ticket;
    },
  };
}
