import { budgetKey } from '@shopfast/kit/client-address';
import { Problem } from '@shopfast/kit/errors';

/** How widely one reservation may be used on protected paths, at one gateway. */
export type SharingLimits = {
  /** Client addresses within a minute (IPv6 by /64); 0: no limit. */
  addressesPerMinute: number;
  /** Requests per second, averaged over ten seconds; 0: no limit. */
  requestsPerSecond: number;
};

export type Sharing = {
  /**
   * Counts a request with a valid reservation.
   * @param address null when unknown
   * @throws Problem rate_limited
   */
  count(jti: string, address: string | null): void;
};

/** The recent use of a reservation. It stores at most the allowed number of addresses, so it takes at most 1 kB. */
type Use = { minuteEndsAt: number; addresses: Set<string>; tenSecondsEndAt: number; requests: number };

const MINUTE_MS = 60_000;
const TEN_SECONDS_MS = 10_000;
const MAX_CACHED = 10_000;

/**
 * A reservation belongs to one browser, but its holder can share it together with its binding. When it is used from
 * more addresses, or more often, than one person would, the latest users are refused.
 */
export function createSharing(
  limits: SharingLimits,
  parts: { now(): number; refused(why: 'addresses' | 'requests'): void },
): Sharing {
  const uses = new Map<string, Use>();

  function useOf(jti: string, now: number): Use {
    const known = uses.get(jti);
    if (known) return known;
    const [oldest] = uses.keys();
    if (oldest !== undefined && uses.size >= MAX_CACHED) uses.delete(oldest);
    const fresh = {
      minuteEndsAt: now + MINUTE_MS,
      addresses: new Set<string>(),
      tenSecondsEndAt: 0,
      requests: 0,
    };
    uses.set(jti, fresh);
    return fresh;
  }

  function countAddress(use: Use, address: string, now: number): void {
    if (use.minuteEndsAt <= now) {
      use.minuteEndsAt = now + MINUTE_MS;
      use.addresses.clear();
    }
    const key = budgetKey(address);
    if (use.addresses.has(key)) return;
    if (use.addresses.size >= limits.addressesPerMinute) throw refuse('addresses', use.minuteEndsAt - now);
    use.addresses.add(key);
  }

  function countRequest(use: Use, now: number): void {
    if (use.tenSecondsEndAt <= now) {
      use.tenSecondsEndAt = now + TEN_SECONDS_MS;
      use.requests = 0;
    }
    if (use.requests >= limits.requestsPerSecond * 10) throw refuse('requests', use.tenSecondsEndAt - now);
    use.requests += 1;
  }

  function refuse(why: 'addresses' | 'requests', waitMs: number): Problem {
    parts.refused(why);
    const detail =
      why === 'addresses'
        ? 'This reservation is in use from too many addresses.'
        : 'This reservation is used too often at the moment.';
    return new Problem('rate_limited', { detail, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)) });
  }

  return {
    count: (jti, address) => {
      if (limits.addressesPerMinute === 0 && limits.requestsPerSecond === 0) return;
      const now = parts.now();
      const use = useOf(jti, now);
      if (limits.addressesPerMinute > 0 && address !== null) countAddress(use, address, now);
      if (limits.requestsPerSecond > 0) countRequest(use, now);
    },
  };
}
