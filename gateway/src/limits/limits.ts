import type { IncomingMessage } from 'node:http';
import { type Budget, type BudgetState, createBudget } from '@shopfast/kit/budget';
import {
  addressWithin,
  budgetKey,
  isFromTrusted,
  isLoopback,
  plainAddress,
  type TrustedProxies,
} from '@shopfast/kit/client-address';
import type { Clock } from '@shopfast/kit/clock';
import { Problem } from '@shopfast/kit/errors';
import type { HotPathContext } from '@shopfast/kit/hot-path';
import { setRateLimit } from '@shopfast/kit/rate-limit-headers';
import { createStatusFloods, type PolledRoom, type PollingTicket } from './status-floods.ts';

export type LimitSettings = {
  trustedProxies: TrustedProxies;
  /** New places that one address may take at once, in addition to the steady ones; 0: no limit. */
  joinBurst: number;
  /** New places per second that one address may take continuously. */
  joinsPerSecond: number;
  /** Calls per second of one admin key; 0: no limit. */
  adminCallsPerSecond: number;
  /** Whether the limits of addresses also apply to this machine (127.0.0.0/8, ::1). */
  limitsThisMachine?: boolean;
};

/**
 * Budgets of this process, in memory (ADR 0006). Where no limit applies, these methods return null instead of a
 * promise, so that the caller needs no await. A promise rejects with Problem rate_limited, and then the answer has
 * `RateLimit` headers; admin answers always have them.
 */
export type Limits = {
  /** The client's address, or null when there is none (a test without a socket). */
  addressOf(c: { env: unknown }): string | null;
  /** Whether a trusted proxy sent a request. */
  isTrusted(c: { env: unknown }): boolean;
  /** The limit key of a request's client; null: no limits. IPv6 by /64. */
  clientKey(incoming: IncomingMessage): string | null;
  /** The same for the peer of a connection; trusted proxies have no limits. */
  peerKey(address: string | undefined): string | null;
  /** The limit on new places. Null for this machine, and where joins are not limited. */
  newcomer(c: HotPathContext): (() => Promise<void>) | null;
  /** For each challenge that is created; like for newcomers, but counted separately. */
  challenge(c: HotPathContext): Promise<void> | null;
  /** For each status request with a ticket. Null unless the ticket asks far more often than `poll_after_ms`. */
  statusRequest(c: HotPathContext, room: PolledRoom, ticket: PollingTicket): Promise<void> | null;
  /** For each admin call with a good key. */
  adminCall(c: HotPathContext, keyId: string): Promise<void>;
};

const BURST_SECONDS = 60;
const ADMIN_SECONDS = 10;

export function createLimits(settings: LimitSettings, clock: Clock): Limits {
  const perAddress = (name: string) =>
    createBudget({
      name,
      quota: settings.joinBurst,
      windowSeconds: BURST_SECONDS,
      freePerSecond: settings.joinsPerSecond,
    });
  const joins = settings.joinBurst > 0 ? perAddress('joins') : null;
  const challenges = settings.joinBurst > 0 ? perAddress('challenges') : null;
  const adminCalls =
    settings.adminCallsPerSecond > 0
      ? createBudget({
          name: 'admin-calls',
          quota: settings.adminCallsPerSecond * ADMIN_SECONDS,
          windowSeconds: ADMIN_SECONDS,
        })
      : null;
  const floods = createStatusFloods(clock);

  const addressOf = addressWithin(settings.trustedProxies);
  /** Null for this machine, which is exempt: load tests, probes, the demo. */
  const keyFor = (address: string | null) =>
    address === null || (!settings.limitsThisMachine && isLoopback(address)) ? null : budgetKey(address);
  const keyOf = (c: { env: unknown }) => keyFor(addressOf(c));

  return {
    addressOf,
    isTrusted: (c) => isFromTrusted(c, settings.trustedProxies),
    clientKey: (incoming) => keyOf({ env: { incoming } }),
    peerKey: (peer) => {
      const address = plainAddress(peer ?? '');
      return address === null || settings.trustedProxies.has(address) ? null : keyFor(address);
    },
    newcomer: (c) => {
      const key = keyOf(c);
      return joins === null || key === null ? null : () => spend(c, joins, key, spread);
    },
    challenge: (c) => {
      const key = keyOf(c);
      return challenges === null || key === null ? null : spend(c, challenges, key, spread);
    },
    statusRequest: (c, room, ticket) => {
      if (!floods.countRequest(room, ticket) || keyOf(c) === null) return null;
      return spend(c, floods.budgetOf(room), ticket.id, untilReset);
    },
    adminCall: async (c, keyId) => {
      if (!adminCalls) return;
      const spent = await adminCalls.spend(keyId);
      setRateLimit(c, adminCalls, spent);
      refuseIfOver(spent, untilReset);
    },
  };
}

type RetryAfter = (spent: BudgetState) => number;
const untilReset: RetryAfter = (spent) => spent.resetSeconds;
/**
 * The steady allowance is renewed every second. The delay is random, so that clients behind one address do not retry
 * together.
 */
const spread: RetryAfter = () => 2 + Math.random() * 4;

async function spend(c: HotPathContext, budget: Budget, key: string, retryAfter: RetryAfter): Promise<void> {
  const spent = await budget.spend(key);
  if (spent.allowed) return;
  setRateLimit(c, budget, spent);
  refuseIfOver(spent, retryAfter);
}

function refuseIfOver(spent: BudgetState, retryAfter: RetryAfter): void {
  if (!spent.allowed) throw new Problem('rate_limited', { retryAfterSeconds: retryAfter(spent) });
}
