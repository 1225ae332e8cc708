import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { present } from '@shopfast/kit/narrow';
import { calls } from '@shopfast/sandbox/shopper/calls';
import { startProcess } from '@shopfast/sandbox/system/processes';
import { measureBuying } from './buying.ts';
import { fillRoom, roomBytes } from './crowd.ts';
import { type BenchGateway, startGateway } from './gateway.ts';
import { median } from './median.ts';
import { residentBytes, withCpu } from './process-cost.ts';
import { type Measured as Answered, measure, type Request } from './wrk.ts';

type Measured = Answered & { cpuUs: number };
type Target = { origin: string; pid: number; requests: Request[] };

/** The figures of a whole run. */
export type BenchReport = Awaited<ReturnType<typeof runBench>>;
export type BenchOptions = { rounds: number; seconds: number; waiting: number };

const SMALL_CROWD = 1_000;
/** Server and client are two processes, so each holds one descriptor per connection: well below the usual 20,000. */
const STREAMS = 10_000;
const CALM = { admissions_per_minute: 60, abandon_after_seconds: 86_400, max_active: 1_000_000 };

/**
 * Measures the gateway's hot paths against a "hello" of Hono and of node:http on the same Node with the same tool,
 * alternating (A B A B), and reports medians. Only the ratios are valid on another machine.
 */
export async function runBench(options: BenchOptions, lifecycle: Lifecycle, say: (step: string) => void) {
  say('starting Redis, Postgres, a gateway and the two hellos');
  const gateway = await startGateway(lifecycle);
  const hono = await startHello('hello-hono', lifecycle);
  const node = await startHello('hello-node', lifecycle);

  await gateway.openRoom('small', CALM);
  await gateway.openRoom('large', CALM);
  await gateway.openRoom('joins', CALM);
  say(`filling a room with ${options.waiting} tickets`);
  await fillRoom(gateway.redisUrl, 'small', SMALL_CROWD);
  await fillRoom(gateway.redisUrl, 'large', options.waiting);
  const memory = await roomBytes(gateway.redisUrl, 'large');

  const small = await gateway.join('small', 200);
  const large = await gateway.join('large', 200);
  const hello: Request[] = [{ method: 'GET', path: '/' }];
  const ours = { origin: gateway.url, pid: gateway.pid };
  const targets: Record<string, Target> = {
    hono_hello: { ...hono, requests: hello },
    join: { ...ours, requests: [calls.join('joins')] },
    ticket_status: { ...ours, requests: asks('small', small) },
    shared_status: { ...ours, requests: [calls.roomStatus('small')] },
    node_http: { ...node, requests: hello },
    join_large: { ...ours, requests: [calls.join('large')] },
    ticket_status_large: { ...ours, requests: asks('large', large) },
    shared_status_large: { ...ours, requests: [calls.roomStatus('large')] },
  };
  const measured = await measureInTurn(targets, options, say);
  const gatewayBytes = residentBytes(gateway.pid);
  const claim = await measureClaims(gateway, options, say);
  const lotteryOpenMs = await measureOpening(gateway, options, say);
  const sse = await measureStreams(gateway, say);
  const buying = await measureBuying({ ...options, helloUrl: hono.origin }, lifecycle, say);

  const hello_rps = rps(measured, 'hono_hello');
  const path = (name: string) => ({
    rps: Math.round(rps(measured, name)),
    ratio: round(ratio(measured, name, 'hono_hello')),
    p99_ms: round(median(roundsOf(measured, name).map((one) => one.p99Ms))),
    cpu_us: Math.round(cpuUs(measured, name)),
  });
  return {
    hono_hello_rps: Math.round(hello_rps),
    hono_hello_cpu_us: Math.round(cpuUs(measured, 'hono_hello')),
    node_http_rps: Math.round(rps(measured, 'node_http')),
    join: path('join'),
    ticket_status: path('ticket_status'),
    shared_status: path('shared_status'),
    claim: { rps: Math.round(claim.rps), ratio: round(claim.rps / hello_rps), p99_ms: round(claim.p99Ms) },
    ...buying,
    growth: {
      join: round(ratio(measured, 'join', 'join_large')),
      ticket_status: round(ratio(measured, 'ticket_status', 'ticket_status_large')),
      shared_status: round(ratio(measured, 'shared_status', 'shared_status_large')),
    },
    redis_bytes_per_ticket: round(memory.withOperations / options.waiting),
    redis_bytes_per_ticket_after_a_minute: round(memory.bytes / options.waiting),
    gateway_resident_mb: Math.round(gatewayBytes / 1e6),
    sse_bytes_per_connection: sse,
    lottery_open_ms: lotteryOpenMs,
    rounds: options.rounds,
    waiting: options.waiting,
  };
}

/** Only buying. */
export async function runBuyingBench(
  options: BenchOptions,
  lifecycle: Lifecycle,
  say: (step: string) => void,
) {
  const { origin } = await startHello('hello-hono', lifecycle);
  return measureBuying({ ...options, helloUrl: origin }, lifecycle, say);
}

const asks = (room: string, tickets: string[]) => tickets.map((ticket) => calls.status(room, ticket));

async function startHello(name: string, lifecycle: Lifecycle): Promise<{ origin: string; pid: number }> {
  const entry = join(import.meta.dirname, `${name}.ts`);
  const managed = await startProcess({ name, entry, logFile: '/dev/null', env: {} });
  lifecycle.onClose(name, () => managed.stop());
  return { origin: managed.address(), pid: managed.runningPid() };
}

async function measureInTurn(
  targets: Record<string, Target>,
  { rounds, seconds }: BenchOptions,
  say: (step: string) => void,
): Promise<Record<string, Measured[]>> {
  const results: Record<string, Measured[]> = Object.fromEntries(
    Object.keys(targets).map((name) => [name, []]),
  );
  say('warming up');
  for (const { origin, requests } of Object.values(targets)) await measure(origin, requests, 1);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, { origin, pid, requests }] of Object.entries(targets)) {
      const one = await withCpu(pid, () => measure(origin, requests, seconds));
      results[name]?.push(one);
      say(
        `round ${round}/${rounds}  ${name}: ${Math.round(one.rps)} requests/s, p99 ${one.p99Ms} ms, ${Math.round(one.cpuUs)} µs of CPU each`,
      );
    }
  }
  return results;
}

/** First claims only: each signs a token. A ticket claims once, so there must be enough tickets. */
async function measureClaims(gateway: BenchGateway, { rounds }: BenchOptions, say: (step: string) => void) {
  const EACH = 6_000;
  const room = 'claims';
  await gateway.openRoom(room, { ...CALM, claim_seconds: 3_600 });
  const results: Answered[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const tickets = await gateway.join(room, EACH);
    for (let called = 0; called < EACH; called += 1_000)
      await gateway.admin('POST', `/rooms/${room}/admit`, { count: 1_000 });
    const claims = tickets.map((ticket) => calls.claim(room, ticket));
    const one = await measure(gateway.url, claims, 1);
    results.push(one);
    say(`round ${round}/${rounds}  claim: ${Math.round(one.rps)} requests/s, p99 ${one.p99Ms} ms`);
  }
  return { rps: median(results.map((one) => one.rps)), p99Ms: median(results.map((one) => one.p99Ms)) };
}

/** The time of the draw of a full lobby in Redis, and of the whole call with Postgres and the audit log. */
async function measureOpening(gateway: BenchGateway, { waiting }: BenchOptions, say: (step: string) => void) {
  const room = 'lobby';
  await gateway.admin('POST', '/rooms', {
    id: room,
    ...CALM,
    queueing_method: 'lottery',
    lobby_opens_at: new Date(Date.now() - 1_000).toISOString(),
  });
  while ((await gateway.admin('GET', `/rooms/${room}`)).state !== 'lobby') await wait(100);
  await fillRoom(gateway.redisUrl, room, waiting);
  const started = performance.now();
  await gateway.admin('POST', `/rooms/${room}/open`);
  const ms = Math.round((performance.now() - started) * 10) / 10;
  say(`a lobby of ${waiting} opened and drawn in ${ms} ms`);
  return ms;
}

/** Resident memory of the gateway per open event stream. */
async function measureStreams(gateway: BenchGateway, say: (step: string) => void): Promise<number> {
  const room = 'streams';
  await gateway.restart();
  await gateway.openRoom(room, { ...CALM, admissions_per_minute: 1 });
  const tickets = await gateway.join(room, STREAMS);
  const warm = await openStreams(gateway.url, room, tickets.slice(0, 500));
  const before = residentBytes(gateway.pid);
  const streams = await openStreams(gateway.url, room, tickets.slice(500));
  const bytes = Math.round((residentBytes(gateway.pid) - before) / (STREAMS - 500));
  warm.abort();
  streams.abort();
  say(`${STREAMS} event streams: ${bytes} bytes each`);
  return bytes;
}

/** Opens the event streams of tickets and keeps them open. @returns a controller that closes them */
async function openStreams(url: string, room: string, tickets: string[]): Promise<AbortController> {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const open = (ticket: string) =>
    fetch(`${url}/v1/rooms/${room}/events`, {
      headers: { authorization: `Bearer ${ticket}` },
      signal: closing.signal,
    });
  for (let at = 0; at < tickets.length; at += 100) await Promise.all(tickets.slice(at, at + 100).map(open));
  return closing;
}

const roundsOf = (measured: Record<string, Measured[]>, name: string) => present(measured[name], name);

const rps = (measured: Record<string, Measured[]>, name: string) =>
  median(roundsOf(measured, name).map((one) => one.rps));

const cpuUs = (measured: Record<string, Measured[]>, name: string) =>
  median(roundsOf(measured, name).map((one) => one.cpuUs));

/** The median of the ratios of each round, so that a slow moment of the machine affects both sides. */
function ratio(measured: Record<string, Measured[]>, name: string, to: string): number {
  const others = roundsOf(measured, to);
  return median(roundsOf(measured, name).map((one, round) => one.rps / present(others[round]).rps));
}

const round = (value: number) => Math.round(value * 1_000) / 1_000;
