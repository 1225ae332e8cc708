/** A service for the tests of startProcess; FIXTURE sets its behaviour. */
import { announceReady } from '@shopfast/kit/http';
import { runService } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';

const log = createLog('fixture');
const mode = process.env.FIXTURE;

await runService(log, async (lifecycle) => {
  if (mode === 'fails at the start') throw new Error('the port is taken');
  const timer = setInterval(() => {}, 1_000);
  lifecycle.onClose('timer', () => {
    clearInterval(timer);
    // Nobody may read these lines any more: they must not prevent the end.
    for (let line = 1; line <= 3; line++) log.info({ line }, 'closing');
  });
  if (mode === 'hangs at the end') lifecycle.onClose('never', () => new Promise(() => {}));
  if (mode !== 'never ready')
    announceReady({ pid: process.pid, given: process.env.GIVEN, names: Object.keys(process.env) });
  if (mode === 'dies later') setTimeout(() => process.exit(9), 50);
});
