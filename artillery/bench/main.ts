import { parseArgs } from 'node:util';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { runBench, runBuyingBench } from './run.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    waiting: { type: 'string', default: '1000000' },
    /** "buying" leaves the waiting room out. */
    part: { type: 'string', default: 'all' },
  },
});

const lifecycle = createLifecycle();
let failed = false;
void stopRequested().then(async () => {
  await lifecycle.close();
  process.exit(130);
});
try {
  const options = {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    waiting: Number(values.waiting),
  };
  const bench = values.part === 'buying' ? runBuyingBench : runBench;
  const report = await bench(options, lifecycle, (step) => console.error(`· ${step}`));
  if (!values.json) console.log(JSON.stringify(report, null, 2));
  else console.log(JSON.stringify(report));
} catch (error) {
  console.error(`The benchmark could not run.\n${(error as Error).stack}`);
  failed = true;
}
await lifecycle.close();
process.exit(failed ? 1 : 0);
