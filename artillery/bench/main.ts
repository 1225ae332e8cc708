import { helpOf, OptionsError, readCommandLine } from '@shopfast/bootstrap/command-line';
import { bench } from '@shopfast/bootstrap/commands/bench';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { stackOf } from '@shopfast/kit/thrown';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { writeBenchmarks } from './document.ts';
import { runBench, runBuyingBench } from './run.ts';
import { measureSlowClients } from './slow-clients.ts';

const lifecycle = createLifecycle();
void stopRequested().then(async () => {
  await lifecycle.close();
  process.exit(130);
});

async function main(): Promise<void> {
  const { values } = readCommandLine(bench, process.argv.slice(2));
  const { rounds, seconds, waiting } = values;
  const isWhole = values.part === 'all';
  if (!isWhole && values['write-docs']) throw new OptionsError('--write-docs needs all parts.');

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
  if (error instanceof OptionsError) {
    console.error(`${error.message}\n\n${helpOf(bench)}`);
    exitCode = 2;
  } else {
    console.error(`The benchmark could not run.\n${stackOf(error)}`);
    exitCode = 1;
  }
}
await lifecycle.close();
process.exit(exitCode);
