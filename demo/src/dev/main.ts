import { join, resolve } from 'node:path';
import { helpOf, OptionsError, readCommandLine } from '@shopfast/bootstrap/command-line';
import { dev } from '@shopfast/bootstrap/commands/dev';
import { EnvironmentError } from '@shopfast/kit/env';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { messageOf } from '@shopfast/kit/thrown';
import { readGivenServices } from '@shopfast/sandbox/system/env';
import { openSale } from '@shopfast/sandbox/system/sale';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { type System, startSystem } from '@shopfast/sandbox/system/system';
import { everyPort, PortTakenError, portsFrom, requireFree } from '../start/ports.ts';
import { createApplier } from './apply.ts';
import { createEffects, isEmpty, WATCHED } from './changes.ts';
import { announceRunning, DataError, openData } from './data.ts';
import { startFront } from './front.ts';
import { createGallery } from './gallery.ts';
import { createPageBuilder } from './pages.ts';
import { createReload } from './reload.ts';
import { watchFolders } from './watch.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const ROOM = 'launch';

const lifecycle = createLifecycle();
const stopped = stopRequested();
const say = (line: string) => console.error(line);

async function main(): Promise<void> {
  const { values } = readCommandLine(dev, process.argv.slice(2));
  const given = readGivenServices();
  const { port } = values;
  const ports = { ...portsFrom(port), gateway: port + 3 };
  await requireFree([port, port + 81, ...everyPort(ports)], 'npm run dev');
  const kept = openData(resolve(ROOT, values.data), values.fresh, lifecycle);

  const reload = createReload();
  const build = createPageBuilder(lifecycle);
  const gallery = createGallery(join(kept.folder, 'gallery'), reload, build.gallery);
  const applier = createApplier({ reload, gallery, say, build: build.pages });
  const { whenUp } = applier;
  await startFront({ port, gatewayPort: ports.gateway, reload, whenUp, more: gallery.answer, lifecycle });
  const publicUrl = given.publicUrl ?? `http://localhost:${port}`;
  const system = await startSystem({
    ...{ ports, kept, shopRoom: ROOM, given: { ...given, publicUrl }, logLevel: values['log-level'] },
    env: { inbox: { SMTP_PORT: String(port + 81) } },
    onProgress: (step) => say(`· ${step}`),
    onDeath: applier.died,
  });
  lifecycle.onClose('system', system.stop);
  applier.use(system);
  const target = `http://127.0.0.1:${port}`;
  await openFirstSale({ ...system, urls: { ...system.urls, gateway: target } });
  const { adminKey, databaseUrl } = system;
  announceRunning(kept.folder, { target, publicUrl, adminKey, databaseUrl });

  const effectOf = createEffects();
  watchFolders(ROOT, WATCHED, lifecycle, (files) => {
    const effect = effectOf(files);
    if (!isEmpty(effect)) applier.apply(files, effect);
  });
  lifecycle.onClose('changes', async () => {
    build.stop();
    await applier.settled();
  });
  console.log(describe(system, values.data));
  await stopped;
  say('\n· stopping');
}

/** At the first start, a room and products to try. */
async function openFirstSale(system: System): Promise<void> {
  const answer = await fetch(`${system.urls.gateway}/v1/admin/rooms/${ROOM}`, {
    headers: { authorization: `Bearer ${system.adminKey}` },
  });
  if (answer.status !== 404) return;
  await openSale(system, {
    ...{ room: ROOM, name: 'Launch day', productId: 'sneaker', units: 50 },
    settings: { admissions_per_minute: 60 },
  });
}

function describe({ urls, metrics, adminKey, logFolder }: System, data: string): string {
  const { gateway, inbox, stripe } = urls;
  return `
ShopFast is up for development: ${gateway}/

  Waiting room   ${gateway}/w/${ROOM}   (all its states: ${gateway}/gallery)
  Shop           ${gateway}/shop   (behind the waiting room)
  API            ${gateway}/docs
  Dashboard      ${gateway}/admin   (sign in with the admin key)
  Inbox          ${inbox}
  Payments       ${stripe}   (look-alike of Stripe)
  Admin key      ${adminKey}
  Samples        npm run seed
  Metrics        ${Object.values(metrics).join('  ')}
  Logs           ${logFolder}
  Data           ${data}   (npm run dev -- --fresh empties it)

A change of a source restarts its service and reloads the pages. Ctrl-C stops everything.`;
}

try {
  await main();
} catch (error) {
  if (error instanceof OptionsError) say(`${error.message}\n\n${helpOf(dev)}`);
  else if (error instanceof EnvironmentError || error instanceof PortTakenError || error instanceof DataError)
    say(error.message);
  else say(`\nThe development system could not start.\n${messageOf(error)}`);
  process.exitCode = error instanceof OptionsError ? 2 : 1;
}
await lifecycle.close();
process.exit();
