import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { unprivilegedUser } from './stores/postgres-binaries.ts';

const READY_WITHIN_MS = 10_000;

/**
 * It ends with its starter, even a killed one: then the other end of its input is closed.
 * @param signal ends the program at once
 */
const untilAlone = (signal: string) => `"$0" "$@" & cat > /dev/null; kill -${signal} $!; wait`;

/**
 * Starts a program of the operating system that listens on a port of 127.0.0.1, such as a proxy, and ends it with the
 * lifecycle. As root, it runs as another user.
 * @throws if it is not installed, or does not listen within 10 s
 */
export async function startOutsideProgram(
  name: string,
  {
    args,
    folder,
    port,
    signal,
    lifecycle,
  }: { args: string[]; folder: string; port: number; signal: 'INT' | 'TERM'; lifecycle: Lifecycle },
): Promise<void> {
  const user = process.getuid?.() === 0 ? unprivilegedUser() : {};
  const child = spawn('/bin/sh', ['-c', untilAlone(signal), findProgram(name), ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    cwd: folder,
    ...user,
  });
  const exited = once(child, 'exit');
  lifecycle.onClose(name, async () => {
    child.stdin.end();
    await exited;
  });
  child.stderr.resume();
  await untilItListens(name, port);
}

async function untilItListens(name: string, port: number): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const answer = await Promise.race([
      once(socket, 'connect').then(() => 'listens'),
      once(socket, 'error').then(() => 'not yet'),
    ]).catch(() => 'not yet');
    socket.destroy();
    if (answer === 'listens') return;
    if (Date.now() > deadline) throw new Error(`${name} did not listen within ${READY_WITHIN_MS / 1_000} s`);
    await wait(20);
  }
}

/** Debian installs servers in folders that are only in the superuser's PATH. */
function findProgram(name: string): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  for (const folder of folders) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder: try the next.
    }
  }
  throw new Error(`${name} is not installed (Debian, Ubuntu: apt-get install ${name}).`);
}
