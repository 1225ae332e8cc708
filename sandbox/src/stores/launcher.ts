import { type ChildProcess, spawn } from 'node:child_process';
import { systemCodeOf } from '@shopfast/kit/thrown';

/** A program did not become ready; `output` has its last lines. */
export class LaunchError extends Error {
  override name = 'LaunchError';
  readonly output: string;

  constructor(message: string, output: string) {
    super(output ? `${message}\n${output}` : message);
    this.output = output;
  }
}

export type Program = {
  readonly pid: number;
  /** Settles when the process has ended, with the way it ended. */
  readonly exited: Promise<string>;
  /** The last lines of its output. */
  output(): string;
  /** Sends the signal, waits `graceMs`, then kills. Resolves when the process is gone. */
  end(signal: NodeJS.Signals, graceMs: number): Promise<void>;
};

export type LaunchOptions = {
  file: string;
  args: string[];
  cwd: string;
  env?: NodeJS.ProcessEnv;
  uid?: number | undefined;
  gid?: number | undefined;
};

export type Launcher = {
  /** Starts a program and resolves when its output matches `ready`. */
  untilReady(options: LaunchOptions, ready: RegExp, timeoutMs: number): Promise<Program>;
  /** Runs a program to its end. */
  untilDone(options: LaunchOptions, timeoutMs: number): Promise<void>;
  /** Ids of all running processes. */
  alive(): number[];
  /** Kills everything that still runs and refuses later launches. */
  endAll(): Promise<void>;
};

const KEPT_LINES = 40;

/**
 * Starts programs and tracks all running ones, so that none is left at the end.
 * @param onChange called after every start and end of a program
 */
export function createLauncher(onChange: () => void): Launcher {
  const alive = new Set<Program & { kill(signal: NodeJS.Signals): void }>();
  let ended = false;

  function launch(options: LaunchOptions, onOutput: (text: string) => void = () => {}) {
    if (ended) throw new LaunchError('the stores are being stopped', '');
    // A separate process group: helpers of the program die with it, and Ctrl-C does not reach it.
    const child = spawn(options.file, options.args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      ...(options.gid === undefined ? {} : { gid: options.gid }),
    });
    const lines: string[] = [];
    const remember = (chunk: string) => {
      lines.push(...chunk.split('\n').filter((line) => line.trim() !== ''));
      lines.splice(0, lines.length - KEPT_LINES);
      onOutput(lines.join('\n'));
    };
    child.stdout.setEncoding('utf8').on('data', remember);
    child.stderr.setEncoding('utf8').on('data', remember);

    const exited = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`could not be run: ${error.message}`));
      child.once('close', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
    });
    const kill = (signal: NodeJS.Signals) => signalGroup(child, signal);
    const program = {
      pid: child.pid ?? 0,
      exited,
      output: () => lines.join('\n'),
      kill,
      end: async (signal: NodeJS.Signals, graceMs: number) => {
        kill(signal);
        const timer = setTimeout(() => kill('SIGKILL'), graceMs);
        await exited;
        clearTimeout(timer);
      },
    };
    alive.add(program);
    onChange();
    void exited.then(() => {
      alive.delete(program);
      onChange();
    });
    return program;
  }

  return {
    untilReady: async (options, ready, timeoutMs) => {
      const heard = Promise.withResolvers<void>();
      const program = launch(options, (text) => ready.test(text) && heard.resolve());
      const tooLong = `${options.file} was not ready in ${timeoutMs / 1000} s`;
      const timer = setTimeout(() => heard.reject(new LaunchError(tooLong, program.output())), timeoutMs);
      void program.exited.then((how) =>
        heard.reject(new LaunchError(`${options.file} ended during its start (${how})`, program.output())),
      );
      try {
        await heard.promise;
        return program;
      } catch (error) {
        await program.end('SIGKILL', 0);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    untilDone: async (options, timeoutMs) => {
      const program = launch(options);
      const timer = setTimeout(() => program.kill('SIGKILL'), timeoutMs);
      const how = await program.exited;
      clearTimeout(timer);
      if (how !== 'exit code 0') throw new LaunchError(`${options.file} failed (${how})`, program.output());
    },
    alive: () => [...alive].map((program) => program.pid).filter((pid) => pid > 0),
    endAll: async () => {
      ended = true;
      await Promise.all([...alive].map((program) => program.end('SIGKILL', 0)));
    },
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  // SIGKILL goes to the whole group; other signals only to the program, which ends its own helpers.
  try {
    process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal);
  } catch (error) {
    if (systemCodeOf(error) !== 'ESRCH') throw error;
  }
}
