// Runs a program in the foreground as the npm commands do, for the tests to interrupt.
import { runForeground } from './foreground.mjs';

const [endsOnDisconnect, script = ''] = process.argv.slice(2);
const step = { args: ['-e', script], endsOnDisconnect: endsOnDisconnect === 'true' };
process.exitCode = await runForeground(process.execPath, step, process.env);
