// Runs a program quietly, as the set-up runs npm; the tests watch and interrupt it.
import { runQuietly } from './quietly.mjs';
import { say } from './say.mjs';

const [script = '', killAfterMs] = process.argv.slice(2);
const more = killAfterMs === undefined ? {} : { killAfterMs: Number(killAfterMs) };
try {
  await runQuietly(process.execPath, ['-e', script], { title: 'work', advice: 'Try again.', ...more });
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
