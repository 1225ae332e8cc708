/**
 * The supervisor of the stores: a separate program that runs Postgres and the Redis servers in a private temporary
 * folder. It ends them and removes the folder when its starter says so or has ended in any way. A kept folder stays.
 */
import { rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, stackOf } from '@shopfast/kit/thrown';
import { createLauncher, type Program } from './launcher.ts';
import { type PostgresPart, startPostgres } from './postgres.ts';
import type { AnyPart, Command, SupervisorMessage, SupervisorOptions } from './protocol.ts';
import { type RedisPart, startRedis, startSentinel } from './redis.ts';

type Part = (PostgresPart | RedisPart) & { name: AnyPart; meantToRun: boolean };

const END_DEADLINE_MS = 12_000;
const GRACE_MS = 4_000;
/** A clean shutdown takes longer on a busy machine. A killed Postgres recovers at the next start. */
const KEPT_GRACE_MS = 9_000;

const launcher = createLauncher(tellState);
const parts = new Map<AnyPart, Part>();
// The cast: `startSupervisor` wrote it.
const options = JSON.parse(process.argv[2] ?? '') as SupervisorOptions;
const isKept = options.keptFolder !== undefined;
let folder = '';
let ending = false;

process.on('disconnect', () => void end(0));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0));
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    process.stderr.write(`${stackOf(error)}\n`);
    void end(1);
  });
}
process.stderr.on('error', () => {}); // The reader of the last output may have ended.
process.on('message', (message: Command) => void obey(message));

const startUp = startAll();
try {
  const urls = await startUp;
  await tell({ kind: 'ready', urls });
} catch (error) {
  await tell({ kind: 'failed', message: messageOf(error) });
  await end(1);
}

async function startAll(): Promise<Partial<Record<AnyPart, string>>> {
  if (options.keptFolder) await mkdir(options.keptFolder, { recursive: true });
  folder = options.keptFolder ?? (await mkdtemp(join(tmpdir(), 'shopfast-')));
  await chmod(folder, 0o711); // As root, Postgres runs as another user and must be able to enter the folder.
  tellState();
  const starting = options.parts.map(async (name) => {
    const part = { ...(await startPart(name)), name, meantToRun: true };
    parts.set(name, part);
    watch(part, part.program);
    tellState();
  });
  const failures = (await Promise.allSettled(starting)).filter((result) => result.status === 'rejected');
  if (failures.length > 0)
    throw new Error([...new Set(failures.map(({ reason }) => reason.message))].join('\n'));
  return Object.fromEntries([...parts].map(([name, part]) => [name, part.url]));
}

function startPart(name: AnyPart): Promise<PostgresPart | RedisPart> {
  if (name === 'postgres') return startPostgres(launcher, folder, { isKept });
  const own = join(folder, name);
  return name.startsWith('sentinel-') ? startSentinel(launcher, own) : startRedis(launcher, own, options);
}

async function obey({ id, command, part: name }: Command): Promise<void> {
  try {
    if (command === 'stop') await cleanUp();
    else {
      const part = name && parts.get(name);
      if (!part) throw new Error(`this supervisor does not run ${name}`);
      if (command === 'kill') await kill(part);
      else await restart(part);
    }
    await tell({ kind: 'answer', id });
  } catch (error) {
    await tell({ kind: 'answer', id, error: messageOf(error) });
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
  // For Postgres SIGINT is a "fast" shutdown; Redis takes SIGTERM.
  await part.program.end(part.name === 'postgres' ? 'SIGINT' : 'SIGTERM', 30_000);
  part.program = await part.again();
  part.meantToRun = true;
  watch(part, part.program);
  tellState();
}

function watch(part: Part, program: Program): void {
  void program.exited.then((how) => {
    if (ending || !part.meantToRun || part.program !== program) return;
    void tell({ kind: 'died', part: part.name, detail: `${part.name} ended (${how})\n${program.output()}` });
    tellState();
  });
}

/** Ends the parts, at once if their data is deleted, and removes the folder unless it is kept. Safe to call twice. */
async function cleanUp(): Promise<void> {
  ending = true;
  setTimeout(giveUp, END_DEADLINE_MS);
  const endings = [...parts.values()].map(async (part) => {
    // For Postgres SIGQUIT is an immediate shutdown: no checkpoint, but shared memory is freed. SIGINT is the clean one.
    const quickly = isKept ? 'SIGINT' : 'SIGQUIT';
    await part.program.end(part.name === 'postgres' ? quickly : 'SIGTERM', isKept ? KEPT_GRACE_MS : GRACE_MS);
    if ('forget' in part) await part.forget();
  });
  await Promise.allSettled(endings);
  await launcher.endAll();
  await startUp.catch(() => {}); // A start in progress writes files until it notices.
  if (!isKept) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** A part hangs: kill all without waiting, so that at least no process is left. */
function giveUp(): never {
  void launcher.endAll();
  if (!isKept) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(1);
}

async function end(code: number): Promise<void> {
  if (ending) return;
  await cleanUp();
  process.exit(code);
}

function tellState(): void {
  const running = [...parts].filter(([, part]) => part.meantToRun);
  const pids = Object.fromEntries(running.map(([name, part]) => [name, part.program.pid]));
  void tell({ kind: 'state', folder: isKept ? '' : folder, alive: launcher.alive(), pids });
}

/** Resolves when the message is sent, or the starter has ended ("disconnect" follows then). */
function tell(message: SupervisorMessage): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || !process.send) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });
}
