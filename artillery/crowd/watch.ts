import type { Sql } from '@shopfast/db/client';
import { describe } from '@shopfast/sandbox/shopper/answers';
import { createShopper } from '@shopfast/sandbox/shopper/shopper';
import { overFetch } from '@shopfast/sandbox/shopper/transport';
import type { System } from '@shopfast/sandbox/system/system';
import type { Generators } from './generators.ts';
import { cpuByName } from './processes.ts';

/** The state of everything at one moment of a run. */
export type Sample = {
  /** Seconds since the start. */
  at: number;
  state: string;
  waiting: number;
  active: number;
  remaining: number;
  callsInLastMinute: number;
  connections: number;
  /** Age of the oldest unpublished job, seconds. */
  outboxAge: number;
  gatewayDelayMs: number;
  generatorDelayMs: number;
  joined: number;
  ended: number;
  queued: number;
  /** CPU used in this second, in cores, by process. */
  cpu: Record<string, number>;
};

const EVERY_MS = 1_000;

/** Samples the system from outside, once a second. A value that cannot be read keeps its last one. */
export function startWatch(system: System, sql: Sql, room: string, generators: Generators, startsAt: number) {
  const samples: Sample[] = [];
  const { roomStatus } = createShopper({ room, send: overFetch(system.urls.gateway) });
  const names = new Map<number, string>(
    Object.values(system.processes).flatMap((one) => (one.pid ? [[one.pid, one.name] as const] : [])),
  );
  for (const pid of generators.pids) names.set(pid, 'generator');
  let cpuBefore = cpuByName(names);
  let lookedAt = performance.now();
  let running = Promise.resolve();

  async function look(): Promise<void> {
    const [metrics, [database]] = await Promise.all([
      fetch(system.metrics.gateway).then((answer) => answer.text()),
      sql<{ connections: number; outbox_age: number }[]>`
        select (select count(*)::int from pg_stat_activity where backend_type = 'client backend'
                  and datname = current_database() and application_name <> current_setting('application_name'))
                 as connections,
               coalesce((select extract(epoch from now() - min(created_at)) from outbox
                  where published_at is null and coalesce(delay_until, now()) <= now()), 0)::float as outbox_age`,
    ]);
    const status = await roomStatus();
    if (!status.ok) throw new Error(`room status: ${describe(status)}`);
    const figure = (name: string) =>
      Number(new RegExp(`^${name}(?:{[^}]*room="${room}"[^}]*})? (\\S+)`, 'm').exec(metrics)?.[1] ?? 0);
    const cpuNow = cpuByName(names);
    const now = performance.now();
    const seconds = (now - lookedAt) / 1_000;
    const cpu = Object.fromEntries(
      Object.entries(cpuNow).map(([name, used]) => [
        name,
        Math.max(0, (used - (cpuBefore[name] ?? 0)) / seconds),
      ]),
    );
    [cpuBefore, lookedAt] = [cpuNow, now];
    const beats = generators.beats();
    const sum = (of: (beat: (typeof beats)[number]) => number) =>
      beats.reduce((all, beat) => all + of(beat), 0);
    samples.push({
      at: (Date.now() - startsAt) / 1_000,
      state: status.document.state,
      waiting: figure('shopfast_room_waiting'),
      active: figure('shopfast_room_active'),
      remaining: figure('shopfast_room_remaining'),
      callsInLastMinute: figure('shopfast_room_calls_in_last_minute'),
      connections: database?.connections ?? 0,
      outboxAge: database?.outbox_age ?? 0,
      gatewayDelayMs: Math.max(0, figure('nodejs_eventloop_lag_p99_seconds') * 1_000 - 10),
      generatorDelayMs: Math.max(...beats.map((beat) => beat.delayMs)),
      joined: sum((beat) => beat.joined),
      ended: sum((beat) => beat.ended),
      queued: sum((beat) => beat.queued),
      cpu,
    });
  }

  const failures: string[] = [];
  const timer = setInterval(() => {
    running = running.then(look).catch((error: Error) => void failures.push(error.message));
  }, EVERY_MS);
  return {
    samples,
    failures,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
