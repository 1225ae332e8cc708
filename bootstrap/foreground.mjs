import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './project.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program on our terminal and waits for its end, clean-up included.
 *
 * A program with `endsOnDisconnect` ends when its IPC channel closes, which also happens when we are killed. It may
 * also get the terminal's SIGINT; a second signal from us would interrupt its clean-up.
 * @param {string} program
 * @param {{ args: string[], endsOnDisconnect?: boolean }} step
 * @returns the exit code; 128 + the signal's number if a signal ended it
 */
export async function runForeground(program, { args, endsOnDisconnect = false }, env) {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' },
    stdio: endsOnDisconnect ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  });
  const disconnect = () => child.connected && child.disconnect();
  const pass = (signal) => {
    if (endsOnDisconnect) disconnect();
    // On a terminal the whole group has got SIGINT already.
    else if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  const stopWatching = whenOrphaned(() => (endsOnDisconnect ? disconnect() : child.kill('SIGTERM')));

  const exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
  for (const signal of SIGNALS) process.off(signal, pass);
  stopWatching();
  return exitCode;
}

/** If npm was killed with SIGKILL it could not pass a signal on: our parent process has changed. */
function whenOrphaned(act) {
  const parent = process.ppid;
  const timer = setInterval(() => process.env.npm_lifecycle_event && process.ppid !== parent && act(), 1_000);
  timer.unref();
  return () => clearInterval(timer);
}
