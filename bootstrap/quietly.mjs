import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './project.mjs';
import { SetupError, showProgress } from './say.mjs';

const SHOWN_AT_EACH_END = 15;
/** How much of the log's end is searched for the latest line. */
const TAIL_BYTES = 2_000;

/**
 * Runs a program and shows progress and its latest line instead of its output. After a failure it shows the output and
 * keeps the log.
 * @param {string} program
 * @param {string[]} args
 * @param {{ title: string, advice: string, env?: NodeJS.ProcessEnv, cwd?: string, killAfterMs?: number, noise?: RegExp
 *   }} options `advice`: what to do after a failure; `killAfterMs`: an interrupted program that still runs after this
 *   time is killed with its children (default: never, because a half-done apt-get is worse than a wait); `noise`: lines
 *   that a failure does not show
 */
export async function runQuietly(program, args, { title, advice, env = process.env, cwd = root, ...more }) {
  const log = join(mkdtempSync(join(tmpdir(), 'shopfast-setup-')), 'output.log');
  const output = openSync(log, 'w+');
  const finish = showProgress(title, () => latestLine(output));
  // A separate group: Ctrl-C reaches only us, and one signal then ends everything that npm started.
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', output, output], detached: true });
  const forwarding = forwardSignals(child, more.killAfterMs);
  const problem = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? '' : `ended with ${signal ?? `exit code ${code}`}`),
    );
  });
  forwarding.stop();
  finish(problem === '');
  closeSync(output);

  if (forwarding.received()) {
    rmSync(dirname(log), { recursive: true, force: true });
    throw new SetupError('Interrupted.');
  }
  if (problem !== '') {
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    const telling = lines.filter((line) => !more.noise?.test(line));
    const shown = bothEnds(telling.length > 0 ? telling : lines).map((line) => `  ${line}`);
    throw new SetupError(
      [`${program} ${args.join(' ')}: ${problem}. Its output (complete: ${log}):`, ...shown, advice].join(
        '\n',
      ),
    );
  }
  rmSync(dirname(log), { recursive: true, force: true });
}

/** The last line of the output so far, without colours and cursor movements. */
function latestLine(file) {
  const { size } = fstatSync(file);
  const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
  readSync(file, tail, 0, tail.length, size - tail.length);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression matches escape sequences
  const text = tail.toString('utf8').replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
  return (
    text
      .trimEnd()
      .split(/[\r\n]/)
      .at(-1) ?? ''
  );
}

/** npm names the cause in its first lines, compilers in their last. */
function bothEnds(lines) {
  if (lines.length <= 2 * SHOWN_AT_EACH_END) return lines;
  return [...lines.slice(0, SHOWN_AT_EACH_END), '…', ...lines.slice(-SHOWN_AT_EACH_END)];
}

/** A signal to us first ends the program and its children; then it ends us. */
function forwardSignals(child, killAfterMs) {
  let received = false;
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The whole group has ended already.
    }
  };
  const forward = (signal) => {
    if (!received && killAfterMs !== undefined) setTimeout(() => kill('SIGKILL'), killAfterMs).unref();
    received = true;
    kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return {
    received: () => received,
    stop: () => {
      for (const signal of signals) process.off(signal, forward);
      if (received) kill('SIGKILL');
    },
  };
}
