import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { SupervisorState } from './protocol.ts';

const QUIT_MS = 3_000;
const KILL_MS = 3_000;

/** Ends what a killed supervisor left behind, and removes its folder. After a normal end there is nothing to do. */
export async function cleanUpAfterSupervisor({ alive, folder }: SupervisorState): Promise<void> {
  // SIGQUIT lets Postgres free its shared memory; Redis just ends.
  if (!(await endAll(alive, 'SIGQUIT', QUIT_MS))) await endAll(alive, 'SIGKILL', KILL_MS);
  if (folder !== '') await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function endAll(pids: number[], signal: NodeJS.Signals, timeoutMs: number): Promise<boolean> {
  for (const pid of pids) send(-pid, signal);
  const deadline = Date.now() + timeoutMs;
  while (pids.some((pid) => send(pid, 0))) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

/** False if there is no such process. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
