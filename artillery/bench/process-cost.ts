import { readFileSync } from 'node:fs';

/** Ticks per second in `/proc`: 100 on every Linux that Node supports. */
const TICKS_A_SECOND = 100;

/** CPU time that a process has used, user and system, in seconds. */
export function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may contain anything, so the fields are counted from its end.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** Resident memory, in bytes. */
export function residentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1_024;
}

/** Measures the CPU time of a process per request, in microseconds. */
export async function withCpu<M extends { requests: number }>(
  pid: number,
  measure: () => Promise<M>,
): Promise<M & { cpuUs: number }> {
  const before = cpuSeconds(pid);
  const measured = await measure();
  return { ...measured, cpuUs: ((cpuSeconds(pid) - before) / measured.requests) * 1e6 };
}
