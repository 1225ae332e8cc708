import { helpOf, OptionsError } from '@shopfast/bootstrap/command-line';
import { demo } from '@shopfast/bootstrap/commands/demo';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { stackOf } from '@shopfast/kit/thrown';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { readOptions } from './options.ts';
import { createProgress } from './progress.ts';
import { judge } from './report/guarantees.ts';
import { toJson } from './report/json.ts';
import { toText } from './report/text.ts';
import { runDemo } from './run.ts';

const progress = createProgress(process.stderr);
const lifecycle = createLifecycle();
const aborting = new AbortController();
const stopped = stopRequested();
void stopped.then(() => aborting.abort());

try {
  const options = readOptions(process.argv.slice(2));
  const { outcome, system } = await runDemo(options, { lifecycle, progress, signal: aborting.signal });
  if (aborting.signal.aborted) {
    progress.step('interrupted: stopping everything');
    process.exitCode = 130;
  } else {
    const verdicts = judge(outcome);
    process.exitCode = verdicts.every((verdict) => verdict.kept) ? 0 : 1;
    console.log(toText(outcome, verdicts));
    if (options.keep) {
      const { gateway, inbox } = system.urls;
      console.log(`\nStill running: ${gateway}/w/demo and the inbox ${inbox}; Ctrl-C stops everything.`);
      await stopped;
    }
    if (options.json) console.log(JSON.stringify(toJson(outcome, verdicts)));
  }
} catch (error) {
  progress.done();
  if (error instanceof OptionsError) {
    console.error(`${error.message}\n\n${helpOf(demo)}`);
    process.exitCode = 2;
  } else if (aborting.signal.aborted) process.exitCode = 130;
  else {
    console.error(`The demo could not run.\n${stackOf(error)}`);
    process.exitCode = 1;
  }
}
progress.done();
await lifecycle.close();
process.exit();
