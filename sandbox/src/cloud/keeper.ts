/**
 * The keeper of a cloud: a program of its own that runs Postgres and the Redis servers in a private temporary
 * folder, and ends them, and the folder, when its starter says so or is gone, however it went.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLauncher, type Program } from './launcher.ts';
import { type PostgresPart, startPostgres } from './postgres.ts';
import type { Command, KeeperMessage, KeeperOptions, PartName } from './protocol.ts';
import { type RedisPart, startRedis } from './redis.ts';

type Part = (PostgresPart | RedisPart) & { name: PartName; meantToRun: boolean };

const END_DEADLINE_MS = 12_000;
const GRACE_MS = 4_000;

const launcher = createLauncher();
const parts = new Map<PartName, Part>();
let folder = '';
let ending = false;

process.on('disconnect', () => void end(0));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0));
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    void end(1);
  });
}
process.stderr.on('error', () => {}); // The reader of our last words may be gone.
process.on('message', (message: Command) => void obey(message));

try {
  const urls = await startAll(JSON.parse(process.argv[2] ?? '') as KeeperOptions);
  tell({ kind: 'ready', urls });
} catch (error) {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  await end(1);
}

async function startAll(options: KeeperOptions): Promise<Partial<Record<PartName, string>>> {
  folder = await mkdtemp(join(tmpdir(), 'shopfast-'));
  await chmod(folder, 0o711); // Postgres runs as another user when we are root, and must pass through.
  tellState();
  const starting = options.parts.map(async (name) => {
    const started =
      name === 'postgres'
        ? await startPostgres(launcher, folder)
        : await startRedis(launcher, join(folder, name), options.appendOnly);
    const part = { ...started, name, meantToRun: true };
    parts.set(name, part);
    watch(part, part.program);
    tellState();
  });
  const failed = (await Promise.allSettled(starting)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return Object.fromEntries([...parts].map(([name, part]) => [name, part.url]));
}

async function obey({ id, command, part: name }: Command): Promise<void> {
  try {
    if (command === 'stop') await cleanUp();
    else {
      const part = name && parts.get(name);
      if (!part) throw new Error(`this keeper does not run ${name}`);
      if (command === 'kill') await kill(part);
      else await restart(part);
    }
    tell({ kind: 'answer', id });
  } catch (error) {
    tell({ kind: 'answer', id, error: error instanceof Error ? error.message : String(error) });
  }
  if (command === 'stop') process.exit(0);
}

async function kill(part: Part): Promise<void> {
  part.meantToRun = false;
  await part.program.end('SIGKILL', 0);
  tellState();
}

async function restart(part: Part): Promise<void> {
  part.meantToRun = false;
  // A "fast" shutdown for Postgres is SIGINT; Redis takes SIGTERM.
  await part.program.end(part.name === 'postgres' ? 'SIGINT' : 'SIGTERM', 30_000);
  part.program = await part.again();
  part.meantToRun = true;
  watch(part, part.program);
  tellState();
}

function watch(part: Part, program: Program): void {
  void program.exited.then((how) => {
    if (ending || !part.meantToRun || part.program !== program) return;
    tell({ kind: 'died', part: part.name, detail: `${part.name} ended (${how})\n${program.output()}` });
    tellState();
  });
}

/** Ends the parts without ceremony (their data goes with them) and removes the folder. Safe to call twice. */
async function cleanUp(): Promise<void> {
  ending = true;
  const endings = [...parts.values()].map(async (part) => {
    // SIGQUIT is Postgres's immediate shutdown: no checkpoint, but shared memory is given back.
    await part.program.end(part.name === 'postgres' ? 'SIGQUIT' : 'SIGTERM', GRACE_MS);
    if ('forget' in part) await part.forget();
  });
  await Promise.allSettled(endings);
  await launcher.endAll();
  if (folder !== '') await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function end(code: number): Promise<void> {
  if (ending) return;
  setTimeout(() => process.exit(1), END_DEADLINE_MS).unref();
  await cleanUp();
  process.exit(code);
}

function tellState(): void {
  const alive = [...parts].filter(([, part]) => part.meantToRun);
  tell({ kind: 'state', folder, pids: Object.fromEntries(alive.map(([name, part]) => [name, part.program.pid])) });
}

function tell(message: KeeperMessage): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {}); // Gone meanwhile: "disconnect" follows.
}
