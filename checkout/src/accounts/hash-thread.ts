import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';

/**
 * Runs in its own thread, because scrypt in libuv's pool would delay the verification of buyers' tokens. The thread
 * runs at nice 5, so it gives way when the machine is short of processor time.
 */
export type HashTask = { id: number; password: string } & (
  | { kind: 'hash' }
  | { kind: 'verify'; hash: string }
);
export type HashResult = { id: number; hash: string } | { id: number; matches: boolean };

/** better-auth's own cost parameters: about 32 MB and 0.1 s. Each hash contains them, so they can grow later. */
const COST = { N: 16_384, r: 16, p: 1 };
const KEY_BYTES = 64;

function hash(password: string): string {
  const salt = randomBytes(16).toString('base64url');
  return ['scrypt', COST.N, COST.r, COST.p, salt, derive(password, salt, COST)].join('$');
}

function verify(password: string, stored: string): boolean {
  const [name, N, r, p, salt = '', key = ''] = stored.split('$');
  if (name !== 'scrypt') return false;
  const given = Buffer.from(derive(password, salt, { N: Number(N), r: Number(r), p: Number(p) }));
  const wanted = Buffer.from(key);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function derive(password: string, salt: string, { N, r, p }: typeof COST): string {
  const options = { N, r, p, maxmem: 256 * N * r };
  return scryptSync(password.normalize('NFKC'), salt, KEY_BYTES, options).toString('base64url');
}

function stepBack(): void {
  try {
    setPriority(Number(/\d+$/.exec(readlinkSync('/proc/thread-self'))?.[0]), 5);
  } catch {
    // Not on Linux: the thread runs at normal priority.
  }
}

stepBack();
parentPort?.on('message', (task: HashTask) => {
  const result: HashResult =
    task.kind === 'hash'
      ? { id: task.id, hash: hash(task.password) }
      : { id: task.id, matches: verify(task.password, task.hash) };
  parentPort?.postMessage(result);
});
