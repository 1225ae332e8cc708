import { randomFillSync } from 'node:crypto';

const ID_BYTES = 9;
const POOL = Buffer.alloc(ID_BYTES * 512);
let used = POOL.length;

/**
 * A random id of 72 bits, 12 characters. 512 ids are drawn at once, because each call to the system's generator takes
 * some microseconds.
 */
export function randomId(): string {
  if (used === POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  used += ID_BYTES;
  return POOL.toString('base64url', used - ID_BYTES, used);
}
