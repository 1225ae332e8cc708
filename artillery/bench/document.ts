import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toRows } from '../baseline/rows.ts';
import type { BaselineReport } from '../baseline/run.ts';
import type { RunReport } from '../crowd/run-report.ts';
import { describeMachine, readMachine } from '../machine.ts';
import type { BenchReport } from './run.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const LOAD = join(DOCS, 'load');

type Cell = string | number;

/** Writes `docs/benchmarks.md`: these figures, and those of the reports in `docs/load/`. */
export function writeBenchmarks(report: BenchReport): void {
  const rush = readKept<RunReport>('rush-100000.json');
  const baseline = readKept<BaselineReport>('baseline-10000.json');
  const parts = [
    `# Benchmarks

How fast is ShopFast on one small machine? Read this document to estimate how many shoppers one machine can serve, and
to see whether a change made it slower. The **hot path** is the set of requests that a whole crowd makes. To make the
figures comparable, each run also measures a minimal server ("hello") that does nothing but answer.

\`\`\`sh
npm run bench -- --write-docs                                      # measures the hot paths and writes this file
npm run load -- --shoppers 100000 --units 50                       # a rush
npm run load -- --scenario baseline --shoppers 10000 --units 50    # the old shop and ours
\`\`\`

Run these commands on a machine that does nothing else. **Between machines, compare only the ratios:** both sides of a
ratio were measured in one run. All other figures are valid only for the machine named below. It also ran the clients.`,
    hotPaths(report),
    rush && rushPart(rush),
    baseline && baselinePart(baseline),
  ];
  writeFileSync(join(DOCS, 'benchmarks.md'), `${parts.filter(Boolean).join('\n\n')}\n`);
}

function readKept<Report>(name: string): Report | null {
  const file = join(LOAD, name);
  // The cast: a load test of this repository wrote it.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null;
}

function hotPaths(report: BenchReport): string {
  const path = (
    name: string,
    one: { rps: number; ratio: number; p99_ms: number; cpu_us?: number },
    target: Cell,
  ) => [...[name, one.rps, one.ratio, target, one.p99_ms, one.cpu_us ?? '']];
  const { join: joining, ticket_status, shared_status, claim, order, sold_out, growth } = report;
  return `## Hot paths

Measured on ${new Date().toISOString().slice(0, 10)}: ${describeMachine(readMachine())}. Each figure is the median of ${report.rounds} rounds. In each round, the call and the server with which it is compared were measured one after the other. The client was wrk with 64 connections.

- A ratio is the requests a second of the call, divided by those of the server with which it is compared. A ratio of 1 means: as fast.
- All calls except orders are compared with a Hono "hello" of the same run (${number(report.hono_hello_rps)}/s, ${report.hono_hello_cpu_us} µs of CPU each; a node:http "hello" had ${number(report.node_http_rps)}/s). So is an order for a product that is sold out.
- An order is compared with pgbench, which sends only the purchase statement to Postgres (${number(order.pgbench_rps)}/s).

${table(
  ['call', 'requests a second', 'ratio', 'target', 'p99 (ms)', 'CPU of its process (µs)'],
  [
    path('join', joining, '0.60'),
    path('ticket status (`tickets/me`)', ticket_status, '0.60'),
    path('room status', shared_status, '0.85'),
    path('claim, one signature each', claim, ''),
    path('order', order, '0.70'),
    path('order for a product that is sold out', sold_out, '5,000 a second'),
  ],
)}

- Cost of a request with ${number(report.waiting)} waiting, divided by its cost with 1,000: join ${growth.join}, ticket status ${growth.ticket_status}, room status ${growth.shared_status} (target: at most 1.3).
- SQL statements per accepted order: ${order.statements_per_order}. Database connections: at most ${order.peak_connections}.
- Redis needs ${report.redis_bytes_per_ticket} bytes for each waiting ticket, with all keys counted (target: at most 300). An open event stream needs ${number(report.sse_bytes_per_connection)} bytes of the gateway's memory.
- Resident memory: gateway ${report.gateway_resident_mb} MB with ${number(report.waiting)} waiting, checkout ${report.checkout_resident_mb} MB.
- The opening of a lottery room with ${number(report.waiting)} waiters, with its draw, takes ${report.lottery_open_ms} ms.`;
}

function rushPart(report: RunReport): string {
  const { options, figures, times, verdicts } = report;
  const kept = verdicts.filter((one) => one.kept).length;
  return `## The rush: ${number(options.shoppers)} shoppers, ${options.units} units

\`npm run load -- --shoppers ${options.shoppers} --units ${options.units}\` on ${report.at.slice(0, 10)}: ${describeMachine(report.machine)}. The same machine ran the crowd. [The report](load/rush-${options.shoppers}.html) shows the run over time.

- ${number(figures.peakAlive)} tickets were alive at the same time. All shoppers joined within ${Math.round(figures.joinedWithinSeconds)} s.
- ${number(figures.calls)} calls, ${figures.errors} errors, ${figures.timeouts} timeouts.
- Sold ${figures.sold}, oversold ${figures.oversold}. ${kept} of ${verdicts.length} guarantees hold.
- At most ${figures.peakConnections} database connections.

The table shows how long the calls took. \`poll\` is a ticket status request, \`return\` is a join by a shopper who comes again with a ticket, and \`leave\` gives the place back.

${table(
  ['ms', 'p50', 'p95', 'p99', 'max', 'calls'],
  Object.entries(times).map(([name, one]) => [name, one.p50, one.p95, one.p99, one.max, number(one.count)]),
)}`;
}

function baselinePart(report: BaselineReport): string {
  const { options } = report;
  const { head, rows } = toRows(report);
  return `## The old shop and ours: ${number(options.shoppers)} shoppers, ${options.units} units

\`npm run load -- --scenario baseline --shoppers ${options.shoppers} --units ${options.units}\` on ${report.at.slice(0, 10)}: ${describeMachine(report.machine)}. [The report](load/baseline-${options.shoppers}.html) has the same figures and the guarantees.

The old shop is what a team writes at first: eight queries per order, with payment and e-mail inside the request
([more](../artillery/README.md)). The head of each column names the shop, and how long the payment provider
takes for a charge. Shoppers of ShopFast wait in the room first, so most of their time to the result is that wait.

${table(head, rows)}`;
}

const number = (value: number) => value.toLocaleString('en');

function table(head: readonly Cell[], rows: ReadonlyArray<readonly Cell[]>): string {
  const line = (cells: readonly Cell[]) =>
    `| ${cells.map((cell) => (typeof cell === 'number' ? number(cell) : cell)).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
