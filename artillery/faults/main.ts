import { helpOf } from '@shopfast/bootstrap/command-line';
import { faults } from '@shopfast/bootstrap/commands/faults';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { stackOf } from '@shopfast/kit/thrown';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { OptionsError } from '../options-error.ts';
import { type BuyingReport, runBuyingFaults } from './buying.ts';
import type { BuyingFault } from './buying-faults.ts';
import { type FaultOptions, readFaultOptions } from './options.ts';
import { measureRate } from './rate.ts';
import type { Plan } from './schedule.ts';
import { MOST_RATIO, measureSlowPayments } from './slow-payments.ts';
import { textTable } from './text-table.ts';
import { FAULTS, runWaitingRoomFaults } from './waiting-room.ts';
import { runWholeSystem, summarise, toTable } from './whole-system.ts';

const lifecycle = createLifecycle();
void stopRequested().then(async () => {
  await lifecycle.close();
  process.exit(130);
});
const say = (line: string) => console.log(line);

/** @returns whether every guarantee holds */
function main(options: FaultOptions): Promise<boolean> {
  switch (options.scenario) {
    case 'whole-system':
      return wholeSystem(options.plans, options.json);
    case 'waiting-room':
      return waitingRoom(options);
    case 'buying':
      return buying(options);
    case 'slow-payments':
      return slowPayments(options);
    case 'rate':
      return rate(options.sizes, options.seconds, options.seed);
  }
}

async function wholeSystem(plans: readonly Plan[], json: boolean): Promise<boolean> {
  const step = (line: string) => console.error(`· ${line}`);
  const reports = await runWholeSystem(plans, lifecycle, { step, run: say });
  const kinds = summarise(reports);
  const broken = reports.filter((report) => report.broken.length > 0);
  say(`\n${toTable(kinds)}`);
  say(`\n${reports.length} runs, ${broken.length} with a guarantee violated.`);
  for (const { seed, what } of broken) say(`Again: npm run faults -- --seed ${seed}   (${what})`);
  if (json) say(JSON.stringify({ ok: broken.length === 0, kinds, runs: reports }));
  return broken.length === 0;
}

async function waitingRoom(options: { runs: number; seed: number; gateways: number }): Promise<boolean> {
  const reports = await runWaitingRoomFaults(options, lifecycle, say);
  for (const fault of FAULTS) {
    const of = reports.filter((report) => report.fault === fault);
    const broken = of.filter((report) => report.breaches.length > 0).length;
    const slowest = Math.max(0, ...of.map((report) => report.resumedAfterMs));
    say(`${fault}: ${of.length} runs, ${broken} violated, slowest resumption ${slowest} ms`);
  }
  return reports.every((report) => report.breaches.length === 0);
}

async function buying(options: { kinds: readonly BuyingFault[]; runs: number; seed: number }) {
  const reports = await runBuyingFaults(options, lifecycle, say);
  say(`\n${toBuyingTable(options.kinds, reports)}`);
  return reports.every((report) => report.broken.length === 0);
}

async function slowPayments(options: { rounds: number; seed: number }) {
  const report = await measureSlowPayments(options, lifecycle, say);
  for (const { condition, p99Ms, ratio } of report)
    say(`${condition}: order p99 ${p99Ms.toFixed(1)} ms, ${ratio.toFixed(2)} × healthy`);
  return report.every(({ ratio }) => ratio <= MOST_RATIO);
}

function toBuyingTable(kinds: readonly BuyingFault[], reports: BuyingReport[]): string {
  const rows = kinds.map((fault) => {
    const of = reports.filter((report) => report.fault === fault);
    const broken = of.filter((report) => report.broken.length > 0).length;
    const times = of.map((report) => report.settledAfterMs);
    const slowest = times.includes(null) ? 'never' : `${Math.max(...times.map(Number)) / 1_000} s`;
    return [fault, of.length, broken, slowest, of.reduce((sum, report) => sum + report.orders, 0)];
  });
  return textTable([['fault', 'runs', 'violated', 'slowest settlement', 'orders'], ...rows]);
}

async function rate(sizes: number[], seconds: number, seed: number): Promise<boolean> {
  let exact = true;
  for (const gateways of sizes) {
    const own = createLifecycle();
    lifecycle.onClose(`rate ${gateways}`, () => own.close());
    const report = await measureRate({ gateways, seconds, seed }, own);
    await own.close();
    exact &&= report.most <= report.rate && report.fewest >= report.rate * 0.99;
    say(
      `${gateways} gateways, ${report.rate} a minute, ${seconds} s: ${report.calls} calls, ${report.fewest} to ${report.most} in every 60 s`,
    );
  }
  return exact;
}

let exitCode = 1;
try {
  exitCode = (await main(readFaultOptions(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  if (error instanceof OptionsError) {
    console.error(`${error.message}\n\n${helpOf(faults)}`);
    exitCode = 2;
  } else console.error(stackOf(error));
}
await lifecycle.close();
process.exit(exitCode);
