import { parseArgs } from 'node:util';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { readGivenServices } from './env.ts';
import { openSale } from './sale.ts';
import { stopRequested } from './stop-requested.ts';
import { startSystem, USUAL_PORTS } from './system.ts';

const { values } = parseArgs({
  options: {
    units: { type: 'string', default: '50' },
    rate: { type: 'string', default: '60' },
    'log-level': { type: 'string', default: 'warn' },
  },
});

const ROOM = 'launch';

const lifecycle = createLifecycle();
const stopped = stopRequested();
try {
  const system = await startSystem({
    ports: USUAL_PORTS,
    shopRoom: ROOM,
    given: readGivenServices(),
    logLevel: values['log-level'],
    onProgress: (step) => console.error(`· ${step}`),
    onDeath: (name, detail) => console.error(`! ${name} ended unexpectedly: ${detail}`),
  });
  lifecycle.onClose('system', system.stop);
  await openSale(system, {
    room: ROOM,
    name: 'Launch day',
    productId: 'sneaker',
    units: Number(values.units),
    settings: { admissions_per_minute: Number(values.rate) },
  });
  const { gateway, inbox, stripe } = system.urls;
  console.log(`
ShopFast is up.

  Waiting room   ${gateway}/w/${ROOM}
  Shop           ${gateway}/shop   (behind the waiting room)
  API            ${gateway}/openapi.json
  Dashboard      ${gateway}/admin   (sign in with the admin key)
  Inbox          ${inbox}
  Payments       ${stripe}   (look-alike of Stripe)
  Admin key      ${system.adminKey}
                 curl -H 'Authorization: Bearer ${system.adminKey}' ${gateway}/v1/admin/rooms/${ROOM}/stats
  Metrics        ${Object.values(system.metrics).join('  ')}
  Logs           ${system.logFolder}

Ctrl-C stops everything.`);
  await stopped;
  console.error('\n· stopping');
} catch (error) {
  console.error(`\nShopFast could not start.\n${(error as Error).message}`);
  process.exitCode = 1;
}
await lifecycle.close();
process.exit();
