import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFor } from './env.ts';

export type Launch = {
  /** Merged into one script; the first one names its processor. */
  files: string[];
  target: string;
  reportFile: string;
  shoppers: number;
  /** Set for every shopper; overrides the scenario's values. */
  variables: Record<string, string | number>;
  /** Artillery is killed after this many ms in every case. */
  killAfterMs: number;
  /** Ends artillery when it aborts. */
  signal: AbortSignal;
};

export type Ended = {
  /** Null if artillery was killed. */
  exitCode: number | null;
  ranOut: boolean;
  /** The end of its output. */
  output: string;
};

const ARTILLERY = join(import.meta.dirname, 'tool/node_modules/artillery/bin/run');
const GRACE_MS = 5_000;
const KEPT_OUTPUT = 20_000;

/**
 * Runs artillery to its end. When the promise settles, it has ended.
 * @throws if it could not be started
 */
export async function runArtillery(launch: Launch): Promise<Ended> {
  if (!existsSync(ARTILLERY)) throw new Error('artillery is not installed: npm run load does it first.');
  const child = spawn(process.execPath, argumentsOf(launch), {
    cwd: import.meta.dirname,
    env: environmentFor(launch.target),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-KEPT_OUTPUT);
    });
  }
  let ranOut = false;
  const deadline = setTimeout(() => {
    ranOut = true;
    end(child);
  }, launch.killAfterMs);
  const onAbort = () => end(child);
  launch.signal.addEventListener('abort', onAbort, { once: true });
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
      if (launch.signal.aborted) end(child);
    });
    return { exitCode, ranOut, output };
  } finally {
    clearTimeout(deadline);
    launch.signal.removeEventListener('abort', onAbort);
  }
}

function end(child: ChildProcess): void {
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.once('close', () => clearTimeout(kill));
}

function argumentsOf({ files, target, reportFile, shoppers, variables }: Launch): string[] {
  const phases = [{ name: 'arrivals', arrivalCount: shoppers, duration: secondsToCreate(shoppers) }];
  return [
    '--import',
    join(import.meta.dirname, 'end-with-parent.ts'),
    ARTILLERY,
    'run',
    ...files,
    '--quiet',
    ...['--target', target],
    ...['--output', reportFile],
    ...['--variables', JSON.stringify(variables)],
    ...['--overrides', JSON.stringify({ config: { phases } })],
  ];
}

/**
 * One virtual user per millisecond; the scenario decides when each one starts (`arrive`). The extra millionth corrects
 * artillery's rounding, so that exactly the requested number is created.
 */
function secondsToCreate(shoppers: number): string {
  return `${((shoppers * 1.000001) / 1_000).toFixed(9)}s`;
}
