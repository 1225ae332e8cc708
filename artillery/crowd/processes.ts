import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/**
 * CPU seconds used so far by this process and its descendants, by name (Linux: /proc; elsewhere empty).
 * @param names of known processes; others are named by their program
 */
export function cpuByName(names: ReadonlyMap<number, string>): Record<string, number> {
  const all = readAll();
  const ours = new Set([process.pid]);
  for (let before = 0; before !== ours.size; ) {
    before = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  const used: Record<string, number> = {};
  for (const { pid, program, seconds } of all) {
    if (!ours.has(pid)) continue;
    const name = pid === process.pid ? 'watcher' : (names.get(pid) ?? program);
    used[name] = (used[name] ?? 0) + seconds;
  }
  return used;
}

function readAll() {
  let pids: string[];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return pids.flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const nameEnd = stat.lastIndexOf(')');
      const fields = stat.slice(nameEnd + 2).split(' ');
      const ticks = Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
      const program = stat.slice(stat.indexOf('(') + 1, nameEnd);
      return [{ pid: Number(pid), parent: Number(fields[1]), program, seconds: ticks / TICKS_PER_SECOND }];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
}
