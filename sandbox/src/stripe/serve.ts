import { systemClock } from '@shopfast/kit/clock';
import { announceReady, listen } from '@shopfast/kit/http';
import { runService } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { keepInFile, readKept } from '../kept-file.ts';
import { createStripeApp } from './app.ts';
import { stripeEnv } from './env.ts';
import { createLedger, type KeptLedger, ledgerToKeep } from './ledger.ts';

const env = stripeEnv();
const log = createLog('stripe', env.LOG_LEVEL);

await runService(log, async (lifecycle) => {
  const ledger = createLedger(readKept<KeptLedger>(env.LEDGER_FILE));
  keepInFile(env.LEDGER_FILE, () => ledgerToKeep(ledger), { log, lifecycle });
  const app = createStripeApp({
    ledger,
    secretKey: env.STRIPE_SECRET_KEY,
    webhookUrl: env.WEBHOOK_URL,
    webhookSecret: env.WEBHOOK_SECRET,
    webhookEvents: env.WEBHOOK_EVENTS,
    publicUrl: env.TEST_BANK_URL,
    clock: systemClock,
    log,
    lifecycle,
  });
  const { port } = await listen({
    fetch: app.fetch,
    port: env.PORT,
    host: env.HOST,
    lifecycle,
  });
  const url = `http://${env.HOST}:${port}`;
  log.info({ url }, 'the payment service is ready');
  announceReady({ url });
});
