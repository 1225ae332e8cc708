import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connectDb } from '@shopfast/db/client';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { checkBuying } from '@shopfast/sandbox/checker/check';
import { gatherFacts } from '@shopfast/sandbox/checker/facts';
import { untilSettled } from '@shopfast/sandbox/checker/settled';
import { createShopper } from '@shopfast/sandbox/shopper/shopper';
import { overFetch } from '@shopfast/sandbox/shopper/transport';
import { openLobby } from '@shopfast/sandbox/system/sale';
import { FREE_PORTS, startSystem } from '@shopfast/sandbox/system/system';
import { stockAsTold } from '../checker/stock-as-told.ts';
import { checkWaiting, isError } from '../checker/waiting.ts';
import { readMachine } from '../machine.ts';
import { USUAL_PATIENCE_MS } from './connections.ts';
import { callsOf, startGenerators } from './generators.ts';
import { judgeSpeed } from './judge-speed.ts';
import { p99BySecond, timesOf } from './latencies.ts';
import type { GeneratorConfig } from './messages.ts';
import type { RushOptions } from './options.ts';
import type { RunReport } from './run-report.ts';
import { startWatch } from './watch.ts';

const ROOM = 'rush';
const PRODUCT = 'rush-sneaker';
/** A room's default. */
const CLAIM_SECONDS = 60;
const MAX_ACTIVE = 500;
const GENERATORS = 2;
const CONNECTIONS_EACH = 256;
/** The length of the sale: enough to check the rate in many windows of a minute. */
const SALE_SECONDS = 125;
const SETTLE_MS = 60_000;

type Context = { lifecycle: Lifecycle; signal: AbortSignal; say: (line: string) => void };

/**
 * Everybody joins the lobby within a minute or two. Then the room opens, until all is sold and every shopper knows it.
 * Only some of the called shoppers buy, so that the sale is long enough to check its rate.
 */
export async function runRush(options: RushOptions, { lifecycle, signal, say }: Context): Promise<RunReport> {
  const { shoppers, units, rate } = options;
  const system = await startSystem({
    ports: FREE_PORTS,
    logLevel: 'warn',
    onProgress: say,
    onDeath: (name, detail) => say(`${name} ended unexpectedly: ${detail}`),
  });
  lifecycle.onClose('system', system.stop);
  const log = createLog('load', 'warn');
  const { sql } = connectDb(system.databaseUrl, { name: 'load', max: 1, lifecycle, log });
  const gateway = `http://127.0.0.1:${new URL(system.urls.gateway).port}`;
  const doors = await openLobby(system, {
    ...{ room: ROOM, name: 'A rush', productId: PRODUCT, units },
    settings: {
      ...{ admissions_per_minute: rate, max_active: MAX_ACTIVE, claim_seconds: CLAIM_SECONDS },
      // Otherwise the defaults. With few units left the default factor would limit the rate, which is checked to the
      // end.
      stock_factor: 1_000,
    },
  });

  const folder = await mkdtemp(join(tmpdir(), 'shopfast-load-'));
  lifecycle.onClose('call logs', () => rm(folder, { recursive: true, force: true }));
  const startsAt = Date.now() + 2_000;
  const config: GeneratorConfig[] = Array.from({ length: GENERATORS }, (_, part) => ({
    ...{ shop: 'room', patienceMs: USUAL_PATIENCE_MS },
    ...{ gateway, room: ROOM, productId: PRODUCT, claimSeconds: CLAIM_SECONDS, shoppers, part, startsAt },
    ...{ parts: GENERATORS, arriveWithinMs: options.seconds * 1_000, connections: CONNECTIONS_EACH },
    buysEvery: buysEvery(options),
    logFile: join(folder, `calls-${part}`),
  }));
  const generators = startGenerators(config);
  lifecycle.onClose('generators', generators.kill);
  const watch = startWatch(system, sql, ROOM, generators, startsAt);
  say(`${shoppers} shoppers arrive within ${options.seconds} s`);
  const now = () => watch.samples.at(-1);
  const ticker = setInterval(() => {
    const last = now();
    if (last)
      say(
        `${Math.round(last.at)} s ${last.state}: ${last.joined} joined, ${last.waiting} waiting, ${last.active} active, ${last.remaining} left, ${last.ended} done, event loop ${Math.round(last.gatewayDelayMs)} ms`,
      );
  }, 5_000);
  const until = async (what: (last: NonNullable<ReturnType<typeof now>>) => boolean, withinMs: number) => {
    const deadline = Date.now() + withinMs;
    while (Date.now() < deadline && !signal.aborted) {
      const last = now();
      if (last && what(last)) return true;
      await Promise.race([wait(250), generators.done]);
    }
    return false;
  };

  let openedAt = Date.now();
  try {
    await until(
      (last) => last.joined >= shoppers && last.waiting >= shoppers,
      options.seconds * 1_000 + 60_000,
    );
    signal.throwIfAborted();
    openedAt = Date.now();
    await doors.open();
    say('the doors are open');
    const longestMs = (SALE_SECONDS * 3 + 240) * 1_000;
    const deadline = setTimeout(() => generators.stop(), longestMs);
    const onAbort = () => generators.stop();
    signal.addEventListener('abort', onAbort, { once: true });
    await generators.done.finally(() => clearTimeout(deadline));
  } finally {
    clearInterval(ticker);
    await watch.stop();
  }
  say('waiting for the last jobs, then judging');
  const results = await generators.done;
  const { inbox, stripe } = system.urls;
  const books = { sql, inboxUrl: inbox, stripeUrl: stripe, room: ROOM };
  await untilSettled(books, { withinMs: SETTLE_MS, signal });
  const facts = await gatherFacts(books);
  const told = await createShopper({ room: ROOM, send: overFetch(gateway) }).roomStatus();
  const calls = callsOf(config);
  const { samples } = watch;
  const goneAt = samples.find(
    (sample) => sample.at * 1_000 + startsAt > openedAt && sample.remaining === 0,
  )?.at;
  const callTimes = results.flatMap((one) => one.calls.map((call) => call.at));
  const waiting = {
    ...{ shoppers, rate, cap: MAX_ACTIVE, calls, results },
    peakActive: Math.max(0, ...samples.map((sample) => sample.active)),
    admittedFrom: Math.min(...callTimes),
    admittedUntil: goneAt === undefined ? Math.max(...callTimes) : startsAt + goneAt * 1_000 - 2_000,
  };
  const joins = calls.filter((call) => call.kind === 'join' && call.outcome === 'ok');
  const sold = facts.products.reduce((sum, product) => sum + product.sold, 0);
  const figures = {
    peakAlive: Math.max(0, ...samples.map((sample) => sample.waiting + sample.active)),
    joinedWithinSeconds: firstJoins(joins) / 1_000,
    sold,
    oversold: Math.max(0, sold - units),
    errors: calls.filter((call) => isError(call) && call.outcome !== 'unknown').length,
    timeouts: calls.filter((call) => call.outcome === 'unknown').length,
    calls: calls.length,
    peakConnections: Math.max(0, ...samples.map((sample) => sample.connections)),
    generatorCpuSeconds: results.reduce((sum, one) => sum + one.cpuSeconds, 0),
  };
  const times = {
    ...{ join: timesOf(calls, 'join'), poll: timesOf(calls, 'poll'), claim: timesOf(calls, 'claim') },
    ...{ order: timesOf(calls, 'order'), order_status: timesOf(calls, 'order_status') },
    ...{ return: timesOf(calls, 'return'), leave: timesOf(calls, 'leave') },
  };
  const verdicts = [
    ...judgeSpeed({ shoppers, units, figures, times }),
    ...checkWaiting(waiting),
    stockAsTold(told.ok ? told.document.remaining : null, facts),
    ...checkBuying(facts, { units: { [PRODUCT]: units }, buyers: results.flatMap((one) => one.buyers) }),
  ];
  return {
    scenario: 'rush',
    at: new Date(startsAt).toISOString(),
    machine: readMachine(),
    options,
    seconds: Math.round((Date.now() - startsAt) / 100) / 10,
    openedAtSecond: (openedAt - startsAt) / 1_000,
    figures,
    times,
    verdicts,
    samples,
    p99: {
      join: p99BySecond(calls, 'join'),
      poll: p99BySecond(calls, 'poll'),
      order: p99BySecond(calls, 'order'),
    },
    watcherFailures: watch.failures.length,
  };
}

/** One in this many buys: the units are sold after SALE_SECONDS, or after half of a small crowd was called. */
function buysEvery({ shoppers, units, rate }: RushOptions): number {
  const called = Math.min((rate / 60) * SALE_SECONDS, shoppers / 2);
  return Math.max(1, Math.floor(called / (units * 1.15)));
}

/** When the last shopper had a first ticket, ms. */
function firstJoins(joins: ReadonlyArray<{ shopper: number; at: number; ms: number }>): number {
  const first = new Map<number, number>();
  for (const { shopper, at, ms } of joins)
    first.set(shopper, Math.min(first.get(shopper) ?? Number.POSITIVE_INFINITY, at + ms));
  let last = 0;
  for (const at of first.values()) last = Math.max(last, at);
  return last;
}
