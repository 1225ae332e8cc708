import { parseArgs } from 'node:util';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { writeBenchmarks } from './document.ts';
import { runBench, runBuyingBench } from './run.ts';
import { measureSlowClients } from './slow-clients.ts';

const USAGE = `Usage: npm run bench -- [options]
  --rounds 5           how often each path is measured, in turn with the limit it is held against
  --seconds 3          how long each time
  --waiting 1000000    the large line that growth is measured with
  --part buying        leaves the waiting room out
  --part slow-clients  orders beside one client that keeps 4,000 slow requests open
  --json               one line of JSON
  --write-docs         writes docs/benchmarks.md, too`;

const PARTS = ['all', 'buying', 'slow-clients'];

const lifecycle = createLifecycle();
void stopRequested().then(async () => {
  await lifecycle.close();
  process.exit(130);
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '3' },
      waiting: { type: 'string', default: '1000000' },
      part: { type: 'string', default: 'all' },
      'write-docs': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const [rounds, seconds, waiting] = [values.rounds, values.seconds, values.waiting].map(Number) as [
    ...[number, number, number],
  ];
  const isWhole = values.part === 'all';
  const makesSense = [rounds, seconds, waiting].every((value) => Number.isInteger(value) && value > 0);
  if (!makesSense || !PARTS.includes(values.part) || (!isWhole && values['write-docs']))
    throw new Error(USAGE);

  const options = { rounds, seconds, waiting };
  const say = (step: string) => console.error(`· ${step}`);
  if (values.part === 'slow-clients')
    return print(await measureSlowClients(options, lifecycle, say), values.json);
  if (values.part === 'buying') return print(await runBuyingBench(options, lifecycle, say), values.json);
  const report = await runBench(options, lifecycle, say);
  if (values['write-docs']) writeBenchmarks(report);
  print(report, values.json);
}

const print = (report: object, inOneLine: boolean) =>
  console.log(inOneLine ? JSON.stringify(report) : JSON.stringify(report, null, 2));

let exitCode = 0;
try {
  await main();
} catch (error) {
  console.error(`The benchmark could not run.\n${(error as Error).stack}`);
  exitCode = 1;
}
await lifecycle.close();
process.exit(exitCode);
