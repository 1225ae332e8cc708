import { systemClock } from '@shopfast/kit/clock';
import { announceReady, listen } from '@shopfast/kit/http';
import { runService } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { keepInFile, readKept } from '../kept-file.ts';
import { createInboxApp } from './app.ts';
import { inboxEnv } from './env.ts';
import { createFaults } from './faults.ts';
import { CAPACITY, createMailbox, type Message } from './mailbox.ts';
import { listenForMail } from './smtp.ts';

const env = inboxEnv();
const log = createLog('inbox', env.LOG_LEVEL);

await runService(log, async (lifecycle) => {
  const mailbox = createMailbox(CAPACITY, readKept<Message[]>(env.MAILBOX_FILE));
  keepInFile(env.MAILBOX_FILE, () => mailbox.list({ limit: CAPACITY }), { log, lifecycle });
  const faults = createFaults();
  const { HOST: host } = env;
  const smtpPort = await listenForMail({
    host,
    port: env.SMTP_PORT,
    mailbox,
    faults,
    clock: systemClock,
    log,
    lifecycle,
  });
  const app = createInboxApp({ mailbox, faults, log });
  const { port } = await listen({ fetch: app.fetch, port: env.PORT, host, lifecycle });
  const addresses = { url: `http://${host}:${port}`, smtp_url: `smtp://${host}:${smtpPort}` };
  log.info(addresses, 'the inbox is ready');
  announceReady(addresses);
});
