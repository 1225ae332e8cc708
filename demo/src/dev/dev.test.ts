import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFree } from '@shopfast/sandbox/stores/free-port';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { everyPort, portsFrom } from '../start/ports.ts';

const ROOT = join(import.meta.dirname, '../../..');
const MAIN = join(import.meta.dirname, 'main.ts');
const PATIENT = { timeout: 180_000, interval: 100 };

/** A copy of the whole project, so that its sources can be changed. It uses the packages of the project itself. */
let copy: string;
let child: ChildProcess | undefined;
let port: number;
beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'dev-test-'));
  chmodSync(copy, 0o755);
  const { workspaces } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    workspaces: string[];
  };
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.base.json'])
    cpSync(join(ROOT, name), join(copy, name));
  for (const name of workspaces)
    cpSync(join(ROOT, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(copy, 'node_modules/@shopfast'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== '@shopfast') symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name));
  for (const name of workspaces) symlinkSync(join(copy, name), join(copy, 'node_modules/@shopfast', name));
  port = await freePorts();
}, 120_000);
afterEach(async () => {
  child?.kill('SIGKILL');
  await vi.waitFor(() => expect(running()).toEqual([]), PATIENT);
}, 200_000);
afterAll(() => {
  rmSync(copy, { recursive: true, force: true, maxRetries: 10 });
});

async function freePorts(): Promise<number> {
  for (let first = 13_000; first < 19_000; first += 200) {
    const ports = everyPort({ ...portsFrom(first), gateway: first + 3 });
    const free = await Promise.all([first, first + 81, ...ports].map(isFree));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no such ports are free');
}

function startDev(...args: string[]) {
  const started = spawn(process.execPath, [MAIN.replace(ROOT, copy), '--port', String(port), ...args], {
    cwd: copy,
    env: { ...process.env, NODE_COMPILE_CACHE: join(copy, '.cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  const said: string[] = [];
  for (const stream of [started.stdout, started.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
  return { said: () => said.join(''), exited: once(started, 'close') };
}

function change(file: string, from: string, to: string): void {
  const path = join(copy, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(from);
  writeFileSync(path, before.replace(from, to));
}

const get = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept: 'text/html' }, ...init });
const page = async (path: string) => (await get(path)).text();

/** A place that lasts however slow the machine is. */
async function joinForADay(): Promise<{ ticket: string }> {
  const { adminKey } = JSON.parse(readFileSync(join(copy, '.dev/system.json'), 'utf8')) as {
    adminKey: string;
  };
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const room = { id: 'kept', name: 'Kept', claim_seconds: 3_600, abandon_after_seconds: 86_400 };
  await get('/v1/admin/rooms', { method: 'POST', headers, body: JSON.stringify(room) });
  await get('/v1/admin/rooms/kept/open', { method: 'POST', headers });
  const joined = await get('/v1/rooms/kept/tickets', { method: 'POST' });
  return (await joined.json()) as { ticket: string };
}

/** The versions that an open page receives. */
function listen() {
  const versions: string[] = [];
  const aborting = new AbortController();
  const done = (async () => {
    const answer = await get('/__dev/events', { signal: aborting.signal });
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream()))
      versions.push(...[...chunk.matchAll(/^data: (.+)$/gm)].map(([, version]) => version as string));
  })().catch(() => {});
  const stop = async () => {
    aborting.abort();
    await done;
  };
  return { versions, stop };
}

/** Programs that run from the copy. */
function running(): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(copy) ? [line] : [];
      } catch {
        return [];
      }
    });
}

test('a change restarts only its service and reloads the pages, an error is shown, and the data stays', async () => {
  const first = startDev();
  await vi.waitFor(() => expect(first.said()).toContain('is up for development'), PATIENT);
  const { ticket } = await joinForADay();

  // The script is in a page that allows it, with the version that the page receives.
  const open = listen();
  await vi.waitFor(() => expect(open.versions).toHaveLength(1), PATIENT);
  expect(await page('/w/launch')).toContain(
    `<script src="/__dev/reload.js?version=${open.versions[0]}"></script></head>`,
  );
  expect(await (await get('/__dev/reload.js')).text()).toContain('location.reload()');
  expect(await page('/')).not.toContain('__dev');

  change('gateway/src/pages/home.ts', '<h1>ShopFast</h1>', '<h1>Changed</h1>');
  await vi.waitFor(() => expect(open.versions).toHaveLength(2), PATIENT);
  expect(await page('/')).toContain('<h1>Changed</h1>');
  expect(first.said()).toContain('restarting gateway');
  expect(first.said()).not.toContain('restarting checkout');

  const words = '"joining.title"';
  expect(await page('/w/launch')).toContain(words);
  const catalogue = 'kit/src/i18n/catalogues/waiting/en.json';
  const [, title = ''] =
    /"joining\.title": "([^"]+)"/.exec(readFileSync(join(copy, catalogue), 'utf8')) ?? [];
  change(catalogue, title, 'Another title');
  await vi.waitFor(() => expect(open.versions).toHaveLength(3), PATIENT);
  expect(await page('/w/launch')).toContain('Another title');
  expect(first.said()).not.toContain('restarting checkout');

  change('gateway/src/health.ts', 'import', 'import!');
  await vi.waitFor(() => expect(first.said()).toContain('The next change starts it again.'), PATIENT);
  const down = await get('/w/launch');
  expect(down.status).toBe(502);
  expect(await down.text()).toContain('health.ts');
  change('gateway/src/health.ts', 'import!', 'import');
  await vi.waitFor(async () => expect((await get('/w/launch')).status).toBe(200), PATIENT);
  await open.stop();

  child?.kill('SIGINT');
  expect(await first.exited).toEqual([0, null]);
  expect(running()).toEqual([]);

  // So are the payments and mails of the fake services.
  expect(readdirSync(join(copy, '.dev'))).toEqual(expect.arrayContaining(['inbox.json', 'payments.json']));

  // The next start continues with the same keys, rooms and places; --fresh removes them.
  const status = () => get('/v1/rooms/kept/tickets/me', { headers: { authorization: `Bearer ${ticket}` } });
  const second = startDev();
  await vi.waitFor(() => expect(second.said()).toContain('is up for development'), PATIENT);
  expect((await status()).status).toBe(200);
  child?.kill('SIGTERM');
  expect(await second.exited).toEqual([0, null]);

  const third = startDev('--fresh');
  await vi.waitFor(() => expect(third.said()).toContain('is up for development'), PATIENT);
  expect((await status()).status).toBe(404);
  child?.kill('SIGKILL');
  await third.exited;
  await vi.waitFor(() => expect(running()).toEqual([]), PATIENT);
}, 900_000);

test('a folder with other files is refused and not changed', async () => {
  const other = join(copy, 'other');
  mkdirSync(other);
  writeFileSync(join(other, 'notes.txt'), 'mine');
  const { said, exited } = startDev('--data', other, '--fresh');
  expect(await exited).toEqual([1, null]);
  expect(said()).toContain('holds other files: choose a folder of its own with --data.');
  expect(readdirSync(other)).toEqual(['notes.txt']);
}, 120_000);
