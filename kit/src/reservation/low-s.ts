/** The order of the curve P-256 (SEC 2, section 2.4.2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF_ORDER = ORDER >> 1n;
const HALF = 32;
const HALF_ORDER_BYTES = Buffer.from(HALF_ORDER.toString(16).padStart(2 * HALF, '0'), 'hex');

/**
 * Whether an ECDSA signature has the smaller s. Each signature (r, s) has a valid twin (r, n - s). Our reservation
 * tokens have the smaller s, so that each token has one text.
 * @param signature of ES256, 64 bytes
 */
export function hasLowS(signature: Buffer): boolean {
  return signature.compare(HALF_ORDER_BYTES, 0, HALF, HALF, 2 * HALF) <= 0;
}

/** Returns an ES256-signed JWT with the smaller s. Takes a few microseconds. */
export function withLowS(token: string): string {
  const at = token.lastIndexOf('.') + 1;
  const bytes = Buffer.from(token.slice(at), 'base64url');
  if (hasLowS(bytes)) return token;
  const s = BigInt(`0x${bytes.toString('hex', HALF) || '0'}`);
  bytes.write((ORDER - s).toString(16).padStart(2 * HALF, '0'), HALF, 'hex');
  return token.slice(0, at) + bytes.toString('base64url');
}
