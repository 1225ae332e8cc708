import { Counter, collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client';
import { type Distribution, DURATION_BUCKETS, ETA_BUCKETS, type Meters } from './meters.ts';
import type { RoomDirectory } from './rooms/directory.ts';
import type { Room } from './rooms/room.ts';

const ROOM_FIGURES: Record<string, { help: string; read: (room: Room) => number | null | undefined }> = {
  waiting: { help: 'live tickets that wait', read: (room) => room.snapshot?.waiting },
  active: { help: 'tickets called or holding an unspent token', read: (room) => room.snapshot?.active },
  serving: { help: 'highest number called', read: (room) => room.snapshot?.serving },
  issued: { help: 'numbers given', read: (room) => room.snapshot?.issued },
  calls_in_last_minute: { help: 'calls in the last 60 s', read: (room) => room.snapshot?.callsInLastMinute },
  admissions_per_minute: {
    help: 'the configured rate',
    read: (room) => room.settings.admissions_per_minute,
  },
  max_active: { help: 'the configured cap', read: (room) => room.settings.max_active },
  remaining: { help: 'units neither held nor sold', read: (room) => room.snapshot?.remaining },
  held: { help: 'units on hold', read: (room) => room.snapshot?.held },
  sold: { help: 'units sold', read: (room) => room.snapshot?.sold },
};

/**
 * Prometheus metrics of one gateway. The rooms' figures come from its own ticks and are equal on every gateway (take
 * the max). The counters belong to this process (take the sum). A scrape needs no Redis.
 */
export function createMetrics(rooms: RoomDirectory, meters: Meters): Registry {
  const registry = new Registry();
  const registers = [registry];
  // Includes nodejs_eventloop_lag_…: how long a request may have to wait in this process.
  collectDefaultMetrics({ register: registry });

  for (const [figure, { help, read }] of Object.entries(ROOM_FIGURES))
    new Gauge({
      name: `shopfast_room_${figure}`,
      help: `Room: ${help}`,
      labelNames: ['room'],
      registers,
      collect() {
        this.reset();
        for (const room of rooms.all()) {
          const value = read(room);
          if (value != null) this.set({ room: room.id }, value);
        }
      },
    });

  const perRoom = <Value>(tally: Map<string, Value>) => [...tally].filter(([room]) => rooms.has(room));
  counter('shopfast_joins_total', 'New places given', ['room'], () =>
    perRoom(meters.joins).map(([room, value]) => [{ room }, value]),
  );
  counter('shopfast_claims_total', 'Reservation tokens issued', ['room'], () =>
    perRoom(meters.claims).map(([room, value]) => [{ room }, value]),
  );
  counter('shopfast_releases_total', 'Active slots freed by their outcome', ['room', 'outcome'], () =>
    Object.entries(meters.releases).flatMap(([outcome, tally]) =>
      perRoom(tally).map(([room, value]): Sample => [{ room, outcome }, value]),
    ),
  );
  counter('shopfast_refusals_total', 'Error answers, by code', ['code'], () =>
    [...meters.refusals].map(([code, value]) => [{ code }, value]),
  );
  counter(
    'shopfast_reservation_sharing_refused_total',
    'Requests to protected paths whose reservation was in use from too many addresses, or too often',
    ['limit'],
    () => [...meters.sharing].map(([limit, value]) => [{ limit }, value]),
  );
  histogram(
    'shopfast_http_request_duration_seconds',
    'Time to answer, by kind of request',
    DURATION_BUCKETS,
    () => [...meters.durations].map(([route, spread]) => [{ route }, spread]),
  );
  histogram(
    'shopfast_eta_ratio',
    'Wait until the call divided by the estimate at the join',
    ETA_BUCKETS,
    () => perRoom(meters.etaRatios).map(([room, spread]) => [{ room }, spread]),
  );

  type Sample = [Record<string, string>, number];
  function counter(name: string, help: string, labelNames: string[], read: () => Sample[]): void {
    new Counter({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const [labels, value] of read()) this.inc(labels, value);
      },
    });
  }

  /** Filled outside of prom-client, whose own histogram allocates an object or two per observation. */
  function histogram(name: string, help: string, bounds: readonly number[], read: () => Spread[]): void {
    const head = { name, help, type: 'histogram', aggregator: 'sum' };
    const values = () => read().flatMap(([labels, spread]) => seriesOf(name, labels, bounds, spread));
    const metric = { ...head, get: async () => ({ ...head, values: values() }), reset: () => undefined };
    // The registry reads only these members, and its type asks for a whole class.
    registry.registerMetric(metric as unknown as Metric);
  }
  return registry;
}

type Spread = [labels: Record<string, string>, Distribution];

function seriesOf(
  name: string,
  labels: Record<string, string>,
  bounds: readonly number[],
  { counts, sum }: Distribution,
) {
  let upTo = 0;
  const buckets = [...counts].map((inBucket, i) => {
    upTo += inBucket;
    return { metricName: `${name}_bucket`, labels: { ...labels, le: bounds[i] ?? '+Inf' }, value: upTo };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: upTo },
  ];
}
