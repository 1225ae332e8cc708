import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './project.mjs';
import { SetupError, showProgress } from './say.mjs';

const SHOWN_AT_EACH_END = 15;

/**
 * Runs a program with progress in place of its output; the output is shown, and its log kept, only when it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {{ title: string, advice: string, env?: NodeJS.ProcessEnv, cwd?: string }} options `advice`: what to do on a failure
 */
export async function runQuietly(program, args, { title, advice, env = process.env, cwd = root }) {
  const log = join(mkdtempSync(join(tmpdir(), 'shopfast-setup-')), 'output.log');
  const output = openSync(log, 'w');
  const finish = showProgress(title);
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', output, output] });
  const forwarding = forwardSignals(child);
  const problem = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? '' : `ended with ${signal ?? `exit code ${code}`}`),
    );
  });
  forwarding.stop();
  closeSync(output);
  finish(problem === '');

  if (forwarding.received()) {
    rmSync(dirname(log), { recursive: true, force: true });
    throw new SetupError('Interrupted.');
  }
  if (problem !== '') {
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    const shown = bothEnds(lines).map((line) => `  ${line}`);
    throw new SetupError(
      [`${program} ${args.join(' ')}: ${problem}. What it said (all of it: ${log}):`, ...shown, advice].join(
        '\n',
      ),
    );
  }
  rmSync(dirname(log), { recursive: true, force: true });
}

/** npm names the cause in its first lines, compilers in their last. */
function bothEnds(lines) {
  if (lines.length <= 2 * SHOWN_AT_EACH_END) return lines;
  return [...lines.slice(0, SHOWN_AT_EACH_END), '…', ...lines.slice(-SHOWN_AT_EACH_END)];
}

/** A signal to us ends the program first; then it ends us. */
function forwardSignals(child) {
  let received = false;
  const forward = (signal) => {
    received = true;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return {
    received: () => received,
    stop: () => {
      for (const signal of signals) process.off(signal, forward);
    },
  };
}
