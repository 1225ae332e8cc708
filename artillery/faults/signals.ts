import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Stops the given processes, and continues them when its input ends: also when the program that started it was killed.
 */
const HOLD_STILL = 'kill -STOP "$@" 2> /dev/null; echo held; cat > /dev/null; kill -CONT "$@" 2> /dev/null';

/**
 * Stops a process with SIGSTOP, and its children (a Postgres has many). The parent comes first, so that it starts no
 * more children meanwhile.
 * @returns continues them (SIGCONT)
 */
export async function holdStill(pid: number): Promise<() => Promise<void>> {
  const first = await hold([pid]);
  const others = childrenOf(pid);
  const rest = others.length > 0 ? await hold(others) : async () => {};
  return async () => {
    await rest();
    await first();
  };
}

async function hold(pids: number[]): Promise<() => Promise<void>> {
  // Not in the terminal's process group: Ctrl-C reaches only us.
  const supervisor = spawn('/bin/sh', ['-c', HOLD_STILL, 'sh', ...pids.map(String)], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(supervisor, 'exit');
  await Promise.race([once(supervisor.stdout, 'data'), exited]);
  return async () => {
    supervisor.stdin.end();
    await exited;
  };
}

/** Linux: /proc; elsewhere no children are found, and only the parent is stopped. */
function childrenOf(parent: number): number[] {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent ? [Number(name)] : [];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
}
