import { helpOf } from '@shopfast/bootstrap/command-line';
import { load as loadCommand } from '@shopfast/bootstrap/commands/load';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { stackOf } from '@shopfast/kit/thrown';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { adminKeyAround } from './env.ts';
import { load } from './load.ts';
import { readOptions } from './options.ts';
import { OptionsError } from './options-error.ts';
import { TargetError } from './room.ts';

const lifecycle = createLifecycle();
const aborting = new AbortController();
void stopRequested().then(() => aborting.abort());
try {
  const options = readOptions(process.argv.slice(2), { adminKey: adminKeyAround() });
  process.exitCode = await load(options, { lifecycle, signal: aborting.signal });
} catch (error) {
  if (error instanceof OptionsError) {
    console.error(`${error.message}\n\n${helpOf(loadCommand)}`);
    process.exitCode = 2;
  } else {
    console.error(error instanceof TargetError ? error.message : stackOf(error));
    process.exitCode = aborting.signal.aborted ? 130 : 1;
  }
}
await lifecycle.close();
process.exit();
