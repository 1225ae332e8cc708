import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { cleanUpAfterSupervisor } from './clean-up.ts';
import { readGivenUrls } from './env.ts';
import {
  type AnyPart,
  type Command,
  type PartName,
  partNames,
  type SupervisorMessage,
  type SupervisorOptions,
  type SupervisorState,
  type TlsFiles,
} from './protocol.ts';

export type { PartName } from './protocol.ts';

type UrlName = { postgres: 'databaseUrl'; waitroom: 'redisUrl'; jobs: 'jobsRedisUrl' };

export type Stores<Parts extends PartName = PartName> = {
  /** `databaseUrl`, `redisUrl` (the waiting room's) and `jobsRedisUrl`, as requested. */
  readonly urls: { [Part in Parts as UrlName[Part]]: string };
  /** Process ids of the parts that run here, for faults such as SIGSTOP; they change with a restart. */
  readonly pids: Partial<Record<PartName, number>>;
  /** A temporary folder that is removed with the stores in every case; undefined if nothing was started, or with `keptFolder`. */
  readonly folder: string | undefined;
  /** Kills a part with SIGKILL. It stays down until `restart`. */
  kill(part: PartName): Promise<void>;
  /** Stops the part if it runs, and starts it on the same port with the data that it kept. */
  restart(part: PartName): Promise<void>;
  /** Ends everything and removes the temporary folder. A second call does nothing. */
  stop(): Promise<void>;
};

export type StoresOptions<Parts extends PartName> = {
  /** Default: all. */
  parts?: readonly Parts[];
  /** Servers to use instead of starting one. Default: DATABASE_URL, REDIS_URL, JOBS_REDIS_URL of the environment. */
  given?: Partial<Record<PartName, string>>;
  /** Redis keeps an append-only file, so that a killed server restores its data. Default: false. */
  appendOnly?: boolean;
  /** Redis accepts only TLS connections with a client certificate of this authority. Default: no TLS. */
  tls?: TlsFiles;
  /**
   * The data stays in this folder, and the next start with it continues from there. Only one start at a time. Both Redis
   * servers then keep an append-only file. Default: a temporary folder.
   */
  keptFolder?: string | undefined;
  /** Time limit of the start. Default: 90 000 ms. */
  timeoutMs?: number;
  /** A part ended unexpectedly ("supervisor": all of them). */
  onDeath?: (part: AnyPart | 'supervisor', detail: string) => void;
};

const urlNames: UrlName = { postgres: 'databaseUrl', waitroom: 'redisUrl', jobs: 'jobsRedisUrl' };
const ANSWER_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

/**
 * Starts Postgres and Redis on private ports of 127.0.0.1, in a supervisor process that ends them with this process,
 * even if it is killed. Several sets can run at a time.
 * @throws with advice, if a part cannot be started in time; nothing is left then
 */
export async function startStores<Parts extends PartName = PartName>(
  options: StoresOptions<Parts> = {},
): Promise<Stores<Parts>> {
  const parts: readonly PartName[] = options.parts ?? partNames;
  const given = options.given ?? readGivenUrls();
  const own = parts.filter((part) => given[part] === undefined);
  const { appendOnly = false, keptFolder, tls } = options;
  const supervisorOptions: SupervisorOptions = {
    ...{ parts: own, clustered: false, keptFolder, tls },
    appendOnly: appendOnly || keptFolder !== undefined,
  };
  const supervisor = own.length > 0 ? await startSupervisor(supervisorOptions, options) : undefined;

  const urls = { ...given, ...supervisor?.urls };
  const change = async (command: 'kill' | 'restart', part: PartName) => {
    if (!supervisor || !own.includes(part))
      throw new Error(`cannot ${command} ${part}: it was not started here`);
    await supervisor.ask({ command, part });
  };
  return {
    // The cast: `fromEntries` does not know that each of the parts has its address here.
    urls: Object.fromEntries(parts.map((part) => [urlNames[part], urls[part]])) as Stores<Parts>['urls'],
    get pids() {
      return supervisor?.state().pids ?? {};
    },
    folder: supervisor?.state().folder || undefined,
    kill: (part) => change('kill', part),
    restart: (part) => change('restart', part),
    stop: async () => supervisor?.stop(),
  };
}

/** A supervisor process with its servers. */
export type Supervisor = {
  urls: Partial<Record<AnyPart, string>>;
  state(): SupervisorState;
  ask(command: Omit<Command, 'id'>, timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
};

type Watching = Pick<StoresOptions<PartName>, 'timeoutMs' | 'onDeath'>;

/** Starts servers in a supervisor process. @throws as {@link startStores} does */
export async function startSupervisor(
  supervisorOptions: SupervisorOptions,
  options: Watching = {},
): Promise<Supervisor> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'supervisor.ts'), JSON.stringify(supervisorOptions)],
    {
      // Not in the terminal's process group: Ctrl-C must reach the services first, which close before their servers.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  const conversation = converse(child, options);
  const timeoutMs = options.timeoutMs ?? 90_000;
  try {
    const urls = await within(
      timeoutMs,
      conversation.ready,
      `The sandbox did not start within ${timeoutMs / 1000} s.`,
    );
    return { urls, ...conversation };
  } catch (error) {
    await conversation.stop();
    throw error;
  } finally {
    leaveAlone(child, true);
  }
}

/** Talks to a supervisor, and cleans up after it if it dies. */
function converse(child: ChildProcess, options: Watching) {
  const ready = Promise.withResolvers<Partial<Record<AnyPart, string>>>();
  const pending = new Map<number, PromiseWithResolvers<void>>();
  let state: SupervisorState = { folder: '', alive: [], pids: {} };
  let lastWords = '';
  let nextId = 1;
  let stopping: Promise<void> | undefined;

  child.on('message', (message: SupervisorMessage) => {
    if (message.kind === 'state') state = message;
    else if (message.kind === 'ready') ready.resolve(message.urls);
    else if (message.kind === 'failed')
      ready.reject(new Error(`The sandbox could not start.\n${message.message}`));
    else if (message.kind === 'died') options.onDeath?.(message.part, message.detail);
    else if (message.error === undefined) pending.get(message.id)?.resolve();
    else pending.get(message.id)?.reject(new Error(message.error));
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    lastWords = (lastWords + chunk).slice(-4_000);
  });
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      lastWords += error.message;
      resolve();
    });
    child.once('exit', () => resolve());
  }).then(async () => {
    await cleanUpAfterSupervisor(state);
    const death = new Error(`The supervisor of the sandbox ended unexpectedly.\n${lastWords}`.trim());
    ready.reject(death);
    for (const answer of pending.values()) answer.reject(death);
    if (!stopping) options.onDeath?.('supervisor', death.message);
  });

  const ask = async (command: Omit<Command, 'id'>, timeoutMs = ANSWER_TIMEOUT_MS) => {
    const id = nextId++;
    const answer = Promise.withResolvers<void>();
    pending.set(id, answer);
    leaveAlone(child, false);
    try {
      child.send({ id, ...command } satisfies Command, (error) => error && answer.reject(error));
      await within(timeoutMs, answer.promise, `The sandbox did not ${command.command} in time.`);
    } finally {
      pending.delete(id);
      if (pending.size === 0 && !stopping) leaveAlone(child, true);
    }
  };

  const end = async () => {
    leaveAlone(child, false);
    if (child.connected) await ask({ command: 'stop' }, STOP_TIMEOUT_MS).catch(() => child.kill('SIGKILL'));
    await gone;
  };
  const stop = () => {
    stopping ??= end();
    return stopping;
  };
  return { ready: ready.promise, state: () => state, ask, stop };
}

/**
 * With `alone`, this process may exit while the supervisor runs (which then ends); otherwise it waits for an answer.
 */
function leaveAlone(child: ChildProcess, alone: boolean): void {
  const change = alone ? 'unref' : 'ref';
  child[change]();
  child.channel?.[change]();
  if (child.stderr instanceof Socket) child.stderr[change]();
}

async function within<T>(timeoutMs: number, promise: Promise<T>, message: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(message)), timeoutMs);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
