import { parseArgs } from 'node:util';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { measureRate } from './rate.ts';
import { FAULTS, runWaitingRoomFaults } from './waiting-room.ts';

const USAGE = `Usage: npm run faults -- [options]
  --scenario waiting-room   a random fault at a random moment, again and again (default)
  --scenario rate           how exact the rate is with 1 to 8 gateways ticking
  --runs 50 --seed 1        how often, and from which seed
  --gateways 3              how many gateways (rate: a list, such as 1,3,8)
  --seconds 180             rate: how long`;

const lifecycle = createLifecycle();
void stopRequested().then(async () => {
  await lifecycle.close();
  process.exit(130);
});

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string', default: 'waiting-room' },
      runs: { type: 'string', default: '50' },
      seed: { type: 'string', default: '1' },
      gateways: { type: 'string' },
      seconds: { type: 'string', default: '180' },
    },
  });
  const [runs, seed, seconds] = [values.runs, values.seed, values.seconds].map(Number) as [
    number,
    number,
    number,
  ];
  if (![runs, seed, seconds].every((value) => Number.isInteger(value) && value > 0)) throw new Error(USAGE);
  if (values.scenario === 'rate')
    return rate((values.gateways ?? '1,8').split(',').map(Number), seconds, seed);
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
