import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './project.mjs';
import { say } from './say.mjs';

const UNOWNED_MS = 5_000;

/** Runs `work` while no other command of this project on this machine prepares anything. */
export async function oneAtATime(work) {
  const key = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const lock = join(tmpdir(), `shopfast-setup-${key}-${userInfo().uid}.lock`);
  const owner = join(lock, 'pid');
  for (let told = false; !tryLock(lock, owner); await delay(300)) {
    if (isAbandoned(lock, owner)) rmSync(lock, { recursive: true, force: true });
    else if (!told) {
      say('Another command is preparing this project; waiting for it …');
      told = true;
    }
  }
  const unlock = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', unlock);
  try {
    return await work();
  } finally {
    process.off('exit', unlock);
    unlock();
  }
}

function tryLock(lock, owner) {
  try {
    mkdirSync(lock);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(owner, String(process.pid));
  return true;
}

function isAbandoned(lock, owner) {
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0);
    return false;
  } catch (error) {
    if (error.code === 'EPERM') return false;
    if (error.code === 'ESRCH') return true;
  }
  try {
    return Date.now() - statSync(lock).mtimeMs > UNOWNED_MS; // The lock was created, but its owner died before writing its id.
  } catch {
    return false; // Removed meanwhile: try again.
  }
}
