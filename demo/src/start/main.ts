import { helpOf, OptionsError, readCommandLine } from '@shopfast/bootstrap/command-line';
import { start } from '@shopfast/bootstrap/commands/start';
import { EnvironmentError } from '@shopfast/kit/env';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { messageOf } from '@shopfast/kit/thrown';
import { readGivenServices } from '@shopfast/sandbox/system/env';
import { openSale } from '@shopfast/sandbox/system/sale';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { type System, startSystem } from '@shopfast/sandbox/system/system';
import { keepLine } from './line.ts';
import { everyPort, PortTakenError, portsFrom, requireFree } from './ports.ts';

const ROOM = 'launch';

const lifecycle = createLifecycle();
const stopped = stopRequested();
const say = (line: string) => console.error(line);

async function main(): Promise<void> {
  const { values } = readCommandLine(start, process.argv.slice(2));
  const given = readGivenServices();
  const ports = portsFrom(values.port);
  await requireFree(everyPort(ports), 'npm start');
  const system = await startSystem({
    ports,
    shopRoom: ROOM,
    given,
    logLevel: values['log-level'],
    onProgress: (step) => say(`· ${step}`),
    onDeath: (name, detail) => say(`! ${name} ended unexpectedly: ${detail}`),
  });
  lifecycle.onClose('system', system.stop);
  await openSale(system, {
    room: ROOM,
    name: 'Launch day',
    productId: 'sneaker',
    units: values.units,
    settings: { admissions_per_minute: values.rate },
  });
  sendLine(`http://127.0.0.1:${ports.gateway}`, values.crowd);
  console.log(describe(system, values.crowd));
  await stopped;
  say('\n· stopping');
}

/** The simulated line ends before the system stops. */
function sendLine(origin: string, shoppers: number): void {
  const aborting = new AbortController();
  const line = keepLine({ origin, room: ROOM, shoppers, signal: aborting.signal });
  lifecycle.onClose('line', async () => {
    aborting.abort();
    await line;
  });
}

function describe({ urls, metrics, adminKey, logFolder }: System, crowd: number): string {
  const { gateway, inbox, stripe } = urls;
  const behind = crowd === 0 ? '' : `   (${crowd} simulated shoppers are in line; --crowd 0 for none)`;
  return `
ShopFast is up: ${gateway}/

  Waiting room   ${gateway}/w/${ROOM}${behind}
  Shop           ${gateway}/shop   (behind the waiting room)
  API            ${gateway}/docs
  Dashboard      ${gateway}/admin   (sign in with the admin key)
  Inbox          ${inbox}
  Payments       ${stripe}   (fake Stripe)
  Admin key      ${adminKey}
                 curl -H 'Authorization: Bearer ${adminKey}' ${gateway}/v1/admin/rooms/${ROOM}/stats
  Metrics        ${Object.values(metrics).join('  ')}
  Logs           ${logFolder}

Ctrl-C stops everything.`;
}

try {
  await main();
} catch (error) {
  if (error instanceof OptionsError) say(`${error.message}\n\n${helpOf(start)}`);
  else if (error instanceof EnvironmentError || error instanceof PortTakenError) say(error.message);
  else say(`\nShopFast could not start.\n${messageOf(error)}`);
  process.exitCode = error instanceof OptionsError ? 2 : 1;
}
await lifecycle.close();
process.exit();
