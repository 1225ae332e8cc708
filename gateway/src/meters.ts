import { type ErrorCode, Problem } from '@shopfast/kit/errors';

/** Upper bounds in seconds of the buckets of request durations. */
export const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

/** Upper bounds of the buckets of actual ÷ estimated waits. */
export const ETA_BUCKETS = [0.25, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 4] as const;

/** Observations per bucket and beyond the last one, and their sum (in seconds for durations). */
export type Distribution = { counts: Float64Array; sum: number };

/**
 * Counters of this process since its start. Plain numbers: counting takes the hot path one look-up and no object.
 * Prometheus reads them at each scrape.
 */
export type Meters = ReturnType<typeof createMeters>;

export function createMeters() {
  const joins = new Map<string, number>();
  const claims = new Map<string, number>();
  const completed = new Map<string, number>();
  const revoked = new Map<string, number>();
  const refusals = new Map<ErrorCode, number>();
  const sharing = new Map<'addresses' | 'requests', number>();
  const durations = new Map<string, Distribution>();
  const etaRatios = new Map<string, Distribution>();

  return {
    joins,
    claims,
    releases: { completed, revoked },
    refusals,
    sharing,
    durations,
    etaRatios,
    joined: (room: string): void => count(joins, room),
    claimed: (room: string): void => count(claims, room),
    released: (room: string, outcome: 'completed' | 'revoked'): void =>
      count(outcome === 'completed' ? completed : revoked, room),
    refused: (code: ErrorCode): void => count(refusals, code),
    /** A reservation was used more widely on protected paths than one person would. */
    sharingRefused: (why: 'addresses' | 'requests'): void => count(sharing, why),
    /** @param route one of few values: see {@link routeOf} */
    answered: (route: string, ms: number): void => observe(durations, DURATION_BUCKETS, route, ms / 1_000),
    /** @param ratio the wait until the call, divided by the estimate at the join */
    waited: (room: string, ratio: number): void => observe(etaRatios, ETA_BUCKETS, room, ratio),
  };
}

function observe(
  distributions: Map<string, Distribution>,
  bounds: readonly number[],
  key: string,
  value: number,
): void {
  let known = distributions.get(key);
  if (!known) {
    known = { counts: new Float64Array(bounds.length + 1), sum: 0 };
    distributions.set(key, known);
  }
  let bucket = 0;
  for (const bound of bounds) {
    if (value <= bound) break;
    bucket += 1;
  }
  known.counts[bucket] = (known.counts[bucket] ?? 0) + 1;
  known.sum += value;
}

function count<Key>(tally: Map<Key, number>, key: Key): void {
  tally.set(key, (tally.get(key) ?? 0) + 1);
}

/** The kind of a request: one of a dozen names, for any path. */
export function routeOf(method: string, path: string): string {
  if (path.startsWith('/v1/rooms/')) {
    if (path.endsWith('/tickets/me')) return method === 'DELETE' ? 'leave' : 'get_ticket_status';
    if (path.endsWith('/tickets')) return 'join';
    if (path.endsWith('/status')) return 'status';
    if (path.endsWith('/claim')) return 'claim';
    if (path.endsWith('/events')) return 'events';
    return 'other';
  }
  if (path === '/v1/orders' && method === 'POST') return 'order';
  if (path.startsWith('/v1/admin/')) return 'admin';
  if (path.startsWith('/v1/')) return 'shop';
  if (/^\/(?:w|shop|admin|lottery|assets)(?:\/|$)/.test(path)) return 'page';
  if (path === '/healthz' || path === '/readyz') return 'probe';
  if (path.startsWith('/.well-known/')) return 'keys';
  return 'other';
}

/** Counts an answer of one kind of request: its duration, and its error code if it was refused. */
export function observeAs(meters: Meters, route: string): (ms: number, refusal?: unknown) => void {
  return (ms, refusal) => {
    meters.answered(route, ms);
    if (refusal) meters.refused(refusal instanceof Problem ? refusal.code : 'internal');
  };
}
