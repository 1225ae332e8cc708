import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** The longest text in bytes: a ticket's body is shorter. */
const MAX_BYTES = 256;

/**
 * HMAC-SHA-256 (RFC 2104) of short ASCII texts with one secret, as base64url. It uses two one-shot hashes over prepared
 * blocks. That takes a third of the time of `createHmac`, which creates two contexts and a stream per ticket.
 * @throws RangeError beyond 256 characters
 */
export function createMac(secret: string): (text: string) => string {
  const key = Buffer.alloc(BLOCK_BYTES);
  const given = Buffer.from(secret);
  key.set(given.length > BLOCK_BYTES ? hash('sha256', given, 'buffer') : given);
  const inner = Buffer.alloc(BLOCK_BYTES + MAX_BYTES);
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
  inner.set(key.map((byte) => byte ^ 0x36));
  outer.set(key.map((byte) => byte ^ 0x5c));

  return (text) => {
    if (text.length > MAX_BYTES) throw new RangeError('the text is too long to sign');
    const length = inner.write(text, BLOCK_BYTES, 'latin1');
    outer.write(hash('sha256', inner.subarray(0, BLOCK_BYTES + length), 'latin1'), BLOCK_BYTES, 'latin1');
    return hash('sha256', outer, 'base64url');
  };
}
