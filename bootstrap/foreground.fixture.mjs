// Runs a program in the foreground as the npm commands do; the tests interrupt it.
import { runForeground } from './foreground.mjs';

const [endsOnDisconnect, script = ''] = process.argv.slice(2);
const step = { args: ['-e', script], endsOnDisconnect: endsOnDisconnect === 'true' };
process.exitCode = await runForeground(process.execPath, step, process.env);
