import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { isFree } from '@shopfast/sandbox/stores/free-port';
import { everyPort, portsFrom } from './ports.ts';

/** The program behind `npm start`, with its temporary files in `folder`. */
export function startProgram(args: string[], folder: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...process.env, TMPDIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.push(text);
    said.push(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  return {
    child,
    /** Only standard output. */
    printed: () => printed.join(''),
    said: () => said.join(''),
    exited: once(child, 'close'),
  };
}

/** A value for `--port` with which all ports of a system are free, below the range of the sandbox. */
export async function freePorts(): Promise<number> {
  for (let port = 11_000; port < 19_000; port += 100) {
    const free = await Promise.all(everyPort(portsFrom(port)).map(isFree));
    if (free.every(Boolean)) return port;
  }
  throw new Error('no such ports are free');
}
