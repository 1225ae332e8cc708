import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';

export type ProcessOptions = {
  name: string;
  /** The TypeScript file to run. */
  entry: string;
  /** In addition to the environment of this process. */
  env: Record<string, string>;
  /** Its whole output is appended here. */
  logFile: string;
  /** It ended unexpectedly; `detail` has the way it ended, and its last lines. */
  onDeath?: (detail: string) => void;
  /** Time limit of a start. Default: 30 000 ms. */
  readyTimeoutMs?: number;
  /** Time limit of closing before it is killed. Default: 17 000 ms, slightly more than a service's own limit. */
  stopTimeoutMs?: number;
};

export type ManagedProcess = {
  readonly name: string;
  /** Changes with a restart; undefined while it is down. */
  readonly pid: number | undefined;
  /** What it announced when it became ready, mostly addresses. */
  readonly ready: Record<string, unknown>;
  /** One of them; `url` if no other is named. @throws if it did not announce it */
  address(name?: string): string;
  /** Its id. @throws while it is down */
  runningPid(): number;
  /** Sends a signal, to inject a fault. After a deadly one, `restart` starts it again. */
  kill(signal?: NodeJS.Signals): void;
  /** Stops it if it runs, and starts it with the same environment. */
  restart(): Promise<void>;
  /** Asks it to end, waits, then kills it. A second call does nothing. */
  stop(): Promise<void>;
};

const KEPT_LINES = 25;

/**
 * Starts a service in a separate Node process and waits until it is ready. It ends with this process in every case,
 * because its IPC channel closes.
 * @throws with its last lines, if it ends or stays silent instead
 */
export async function startProcess(options: ProcessOptions): Promise<ManagedProcess> {
  let run = await launch(options);
  return {
    name: options.name,
    get pid() {
      return run.isAlive() ? run.child.pid : undefined;
    },
    get ready() {
      return run.ready;
    },
    address: (name = 'url') => {
      const address = run.ready[name];
      if (typeof address !== 'string') throw new Error(`${options.name} announced no ${name}`);
      return address;
    },
    runningPid: () => {
      if (!run.isAlive() || run.child.pid === undefined) throw new Error(`${options.name} is down`);
      return run.child.pid;
    },
    kill: (signal = 'SIGKILL') => {
      if (signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT') run.expectEnd();
      run.child.kill(signal);
    },
    restart: async () => {
      await end(run, options.stopTimeoutMs);
      run = await launch(options);
    },
    stop: () => end(run, options.stopTimeoutMs),
  };
}

type Run = {
  child: ChildProcess;
  ready: Record<string, unknown>;
  exited: Promise<string>;
  isAlive(): boolean;
  expectEnd(): void;
};

/** One of several ways to say where Redis is; a service refuses two of them. */
const REDIS_SETTING = /^(?:JOBS_)?REDIS_/;

/** Our environment, without what contradicts the given settings: another kind of Redis, a file of a given secret. */
function inheritedBeside(given: Record<string, string>): NodeJS.ProcessEnv {
  const contradicts = (name: string) =>
    REDIS_SETTING.test(name) || (name.endsWith('_FILE') && name.slice(0, -'_FILE'.length) in given);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !contradicts(name)));
}

async function launch(options: ProcessOptions): Promise<Run> {
  const { name, entry, logFile, onDeath, readyTimeoutMs = 30_000 } = options;
  const child = spawn(process.execPath, [entry], {
    // No load balancer is in front, so nobody has to see that it is not ready.
    env: { ...inheritedBeside(options.env), DRAIN_SECONDS: '0', ...options.env },
    // Not in the terminal's process group: Ctrl-C reaches only us, and we stop the services in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lastLines = keepOutput(child, logFile);
  let alive = true;
  let endIsExpected = false;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be run: ${error.message}`));
    child.once('close', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
  });
  const description = (how: string) => [`${name} (${basename(entry)}): ${how}`, ...lastLines()].join('\n');
  const started = Promise.withResolvers<Record<string, unknown>>();
  child.on('message', (message: { ready?: Record<string, unknown> }) => {
    if (message.ready) started.resolve(message.ready);
  });
  const timer = setTimeout(
    () => started.reject(new Error(description(`not ready in ${readyTimeoutMs / 1_000} s`))),
    readyTimeoutMs,
  );
  void exited.then((how) => {
    alive = false;
    started.reject(new Error(description(how)));
  });

  try {
    const ready = await started.promise;
    void exited.then((how) => endIsExpected || onDeath?.(description(how)));
    return {
      child,
      ready,
      exited,
      isAlive: () => alive,
      expectEnd: () => {
        endIsExpected = true;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    await exited;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Writes the output to its file. @returns a function that returns the last lines */
function keepOutput(child: ChildProcess, logFile: string): () => string[] {
  const file = createWriteStream(logFile, { flags: 'a' });
  file.on('error', () => {}); // A full disk must not stop the services.
  const lines: string[] = [];
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8').on('data', (chunk: string) => {
      file.write(chunk);
      lines.push(...chunk.split('\n').filter((line) => line !== ''));
      lines.splice(0, lines.length - KEPT_LINES);
    });
  }
  child.once('close', () => file.end());
  return () => lines;
}

async function end(run: Run, timeoutMs = 17_000): Promise<void> {
  run.expectEnd();
  if (!run.isAlive()) return;
  run.child.kill('SIGTERM');
  const timer = setTimeout(() => run.child.kill('SIGKILL'), timeoutMs);
  await run.exited;
  clearTimeout(timer);
}
