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

Written by \`npm run bench -- --write-docs\`. Only ratios within one run travel to another machine; absolute figures are those of this one, which also ran the clients.`,
    hotPaths(report),
    rush && rushPart(rush),
    baseline && baselinePart(baseline),
  ];
  writeFileSync(join(DOCS, 'benchmarks.md'), `${parts.filter(Boolean).join('\n\n')}\n`);
}

function readKept<Report>(name: string): Report | null {
  const file = join(LOAD, name);
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

${new Date().toISOString().slice(0, 10)}, ${describeMachine(readMachine())}; medians of ${report.rounds} rounds in turn (A B A B), 64 connections by wrk. The ratio of the waiting room's calls is to a Hono "hello" of the same run
(${number(report.hono_hello_rps)}/s, ${report.hono_hello_cpu_us} µs of CPU each; node:http ${number(report.node_http_rps)}/s), that of an order to pgbench running the bare purchase statement (${number(order.pgbench_rps)}/s).

${table(
  ['call', 'a second', 'ratio', 'target', 'p99, ms', 'CPU of its process, µs'],
  [
    path('join', joining, '0.60'),
    path('tickets/me', ticket_status, '0.60'),
    path('shared status', shared_status, '0.85'),
    path('claim, a signature each', claim, ''),
    path('order', order, '0.70'),
    path('order for what is sold out', sold_out, '5,000 a second'),
  ],
)}

- Growth from 1,000 to ${number(report.waiting)} waiting: join × ${growth.join}, tickets/me × ${growth.ticket_status}, shared status × ${growth.shared_status} (target: at most 1.3).
- Statements per accepted order: ${order.statements_per_order}; database connections at most ${order.peak_connections}.
- Redis: ${report.redis_bytes_per_ticket} bytes a waiting ticket, all keys counted (target: at most 300). An open event stream: ${number(report.sse_bytes_per_connection)} bytes.
- Resident memory: gateway ${report.gateway_resident_mb} MB with ${number(report.waiting)} waiting, checkout ${report.checkout_resident_mb} MB.
- A lobby of ${number(report.waiting)} opened and drawn in ${report.lottery_open_ms} ms.`;
}

function rushPart(report: RunReport): string {
  const { options, figures, times, verdicts } = report;
  const kept = verdicts.filter((one) => one.kept).length;
  return `## The rush: ${number(options.shoppers)} shoppers, ${options.units} units

\`npm run load -- --shoppers ${options.shoppers} --units ${options.units}\` on ${report.at.slice(0, 10)}, ${describeMachine(report.machine)}, crowd included. [The report](load/rush-${options.shoppers}.html) has its course.

- ${number(figures.peakAlive)} tickets alive at the same time, all joined within ${Math.round(figures.joinedWithinSeconds)} s; ${number(figures.calls)} calls, ${figures.errors} errors, ${figures.timeouts} time-outs.
- Sold ${figures.sold}, oversold ${figures.oversold}; ${kept} of ${verdicts.length} guarantees kept; ${figures.peakConnections} database connections at most.

${table(
  ['ms', 'p50', 'p95', 'p99', 'max', 'calls'],
  Object.entries(times).map(([name, one]) => [name, one.p50, one.p95, one.p99, one.max, number(one.count)]),
)}`;
}

function baselinePart(report: BaselineReport): string {
  const { options } = report;
  const { head, rows } = toRows(report);
  return `## The old shop beside ours: ${number(options.shoppers)} shoppers, ${options.units} units

\`npm run load -- --scenario baseline --shoppers ${options.shoppers} --units ${options.units}\` on ${report.at.slice(0, 10)}, ${describeMachine(report.machine)}. The head of each column names how long the payment service takes. [The report](load/baseline-${options.shoppers}.html)

${table(head, rows)}`;
}

const number = (value: number) => value.toLocaleString('en');

function table(head: readonly Cell[], rows: ReadonlyArray<readonly Cell[]>): string {
  const line = (cells: readonly Cell[]) =>
    `| ${cells.map((cell) => (typeof cell === 'number' ? number(cell) : cell)).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
