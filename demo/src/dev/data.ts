import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { systemCodeOf } from '@shopfast/kit/thrown';
import { makeAdminKey, makeSecrets } from '@shopfast/sandbox/system/secrets';
import type { KeptSystem } from '@shopfast/sandbox/system/system';

/** The folder cannot be used; the message says what to do. */
export class DataError extends Error {}

/** With it, other programs such as `npm run seed` find a running development system. */
export type RunningSystem = {
  pid: number;
  /** The address for programs. */
  target: string;
  /** The address for people. */
  publicUrl: string;
  adminKey: string;
  databaseUrl: string;
};

const systemFile = (folder: string) => join(folder, 'system.json');
const lockFile = (folder: string) => join(folder, 'pid');
const runningFile = (folder: string) => join(folder, 'running.json');
const OWNER_ONLY = { mode: 0o600 };

/**
 * The data of a development system: its secrets, created the first time, and the folder of its stores and logs. Only
 * this process may use it until the lifecycle closes.
 * @param fresh whether existing data is removed first
 * @throws DataError when another process uses the folder, or when it contains other files
 */
export function openData(folder: string, fresh: boolean, lifecycle: Lifecycle): KeptSystem {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(systemFile(folder)) && readdirSync(folder).length > 0)
    throw new DataError(`${folder} holds other files: choose a folder of its own with --data.`);
  lock(folder, lifecycle);
  if (fresh)
    for (const name of readdirSync(folder))
      if (name !== 'pid') rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  if (!existsSync(systemFile(folder))) {
    const made = { secrets: makeSecrets(), adminKey: makeAdminKey() };
    writeFileSync(systemFile(folder), JSON.stringify(made, null, 2), OWNER_ONLY);
  }
  // The cast: this function wrote it.
  const known = JSON.parse(readFileSync(systemFile(folder), 'utf8')) as Omit<KeptSystem, 'folder'>;
  return { folder, ...known };
}

/** Two systems with the same files would destroy them. */
function lock(folder: string, lifecycle: Lifecycle): void {
  const owner = existsSync(lockFile(folder)) ? Number(readFileSync(lockFile(folder), 'utf8')) : undefined;
  if (owner !== undefined && isAlive(owner))
    throw new DataError(
      `Process ${owner} uses ${folder} already: end it, or choose another folder with --data.`,
    );
  writeFileSync(lockFile(folder), String(process.pid));
  lifecycle.onClose('data folder', () => {
    rmSync(runningFile(folder), { force: true });
    rmSync(lockFile(folder), { force: true });
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCodeOf(error) === 'EPERM';
  }
}

export function announceRunning(folder: string, running: Omit<RunningSystem, 'pid'>): void {
  writeFileSync(runningFile(folder), JSON.stringify({ pid: process.pid, ...running }, null, 2), OWNER_ONLY);
}

/** Undefined when no system runs on this folder. */
export function findRunning(folder: string): RunningSystem | undefined {
  if (!existsSync(runningFile(folder))) return undefined;
  // The cast: `announceRunning` wrote it.
  const running = JSON.parse(readFileSync(runningFile(folder), 'utf8')) as RunningSystem;
  return isAlive(running.pid) ? running : undefined;
}
