import { parseArgs } from 'node:util';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { type BuyingReport, runBuyingFaults } from './buying.ts';
import { BUYING_FAULTS, type BuyingFault } from './harm.ts';
import { measureRate } from './rate.ts';
import { MOST_RATIO, measureSlowPayments } from './slow-payments.ts';
import { FAULTS, runWaitingRoomFaults } from './waiting-room.ts';

const USAGE = `Usage: npm run faults -- [options]
  --scenario waiting-room   a random fault at a random moment, again and again (default)
  --scenario buying         500 buyers, a fault of each kind at a random moment, again and again
  --scenario slow-payments  what orders feel of payments that are slow or down (--runs 5: rounds)
  --scenario rate           how exact the rate is with 1 to 8 gateways ticking
  --runs 50 --seed 1        how often (buying: 20 of each kind), and from which seed
  --gateways 3              how many gateways (rate: a list, such as 1,3,8)
  --kind "kill worker"      buying: only this kind; may be given again and again
  --seconds 180             rate: how long

Kinds of faults for buying: ${BUYING_FAULTS.join(', ')}`;

const lifecycle = createLifecycle();
void stopRequested().then(async () => {
  await lifecycle.close();
  process.exit(130);
});

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string', default: 'waiting-room' },
      runs: { type: 'string' },
      seed: { type: 'string', default: '1' },
      kind: { type: 'string', multiple: true },
      gateways: { type: 'string' },
      seconds: { type: 'string', default: '180' },
    },
  });
  const [runs, seed, seconds] = [
    values.runs ?? (values.scenario === 'buying' ? '20' : '50'),
    values.seed,
    values.seconds,
  ].map(Number) as [number, number, number];
  if (![runs, seed, seconds].every((value) => Number.isInteger(value) && value > 0)) throw new Error(USAGE);
  if (values.scenario === 'rate')
    return rate((values.gateways ?? '1,8').split(',').map(Number), seconds, seed);
  if (values.scenario === 'slow-payments') return slowPayments({ rounds: Number(values.runs ?? '5'), seed });
  if (values.scenario === 'buying') return buying({ kinds: readKinds(values.kind), runs, seed });
  if (values.scenario !== 'waiting-room') throw new Error(USAGE);

  const options = { runs, seed, gateways: Number(values.gateways ?? 3) };
  const reports = await runWaitingRoomFaults(options, lifecycle, (line) => console.log(line));
  for (const fault of FAULTS) {
    const of = reports.filter((report) => report.fault === fault);
    const broken = of.filter((report) => report.breaches.length > 0).length;
    const slowest = Math.max(0, ...of.map((report) => report.resumedAfterMs));
    console.log(`${fault}: ${of.length} runs, ${broken} broken, slowest resumption ${slowest} ms`);
  }
  return reports.every((report) => report.breaches.length === 0);
}

function readKinds(given: string[] | undefined): readonly BuyingFault[] {
  if (!given) return BUYING_FAULTS;
  const unknown = given.find((kind) => !BUYING_FAULTS.some((known) => known === kind));
  if (unknown !== undefined) throw new Error(`There is no fault "${unknown}".\n\n${USAGE}`);
  return given as BuyingFault[];
}

async function buying(options: { kinds: readonly BuyingFault[]; runs: number; seed: number }) {
  const reports = await runBuyingFaults(options, lifecycle, (line) => console.log(line));
  console.log(`\n${toTable(options.kinds, reports)}`);
  return reports.every((report) => report.broken.length === 0);
}

async function slowPayments(options: { rounds: number; seed: number }) {
  const report = await measureSlowPayments(options, lifecycle, (line) => console.log(line));
  for (const { condition, p99Ms, ratio } of report)
    console.log(`${condition}: order p99 ${p99Ms.toFixed(1)} ms, ${ratio.toFixed(2)} × healthy`);
  return report.every(({ ratio }) => ratio <= MOST_RATIO);
}

function toTable(kinds: readonly BuyingFault[], reports: BuyingReport[]): string {
  const rows = kinds.map((fault) => {
    const of = reports.filter((report) => report.fault === fault);
    const broken = of.filter((report) => report.broken.length > 0).length;
    const times = of.map((report) => report.settledAfterMs);
    const slowest = times.includes(null) ? 'never' : `${Math.max(...times.map(Number)) / 1_000} s`;
    return [fault, of.length, broken, slowest, of.reduce((sum, report) => sum + report.orders, 0)];
  });
  const table = [['fault', 'runs', 'broken', 'slowest settlement', 'orders'], ...rows].map((row) =>
    row.map(String),
  );
  const widths = table[0]?.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0))) ?? [];
  return table.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')).join('\n');
}

async function rate(sizes: number[], seconds: number, seed: number): Promise<boolean> {
  let exact = true;
  for (const gateways of sizes) {
    const own = createLifecycle();
    lifecycle.onClose(`rate ${gateways}`, () => own.close());
    const report = await measureRate({ gateways, seconds, seed }, own);
    await own.close();
    exact &&= report.most <= report.rate && report.fewest >= report.rate * 0.99;
    console.log(
      `${gateways} gateways, ${report.rate} a minute, ${seconds} s: ${report.calls} calls, ${report.fewest} to ${report.most} in every 60 s`,
    );
  }
  return exact;
}

let kept = false;
try {
  kept = await main();
} catch (error) {
  console.error((error as Error).message);
}
await lifecycle.close();
process.exit(kept ? 0 : 1);
