import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMac } from './mac.ts';

const ascii = (constraints: { minLength?: number; maxLength: number }) =>
  fc.string({ ...constraints, unit: 'grapheme-ascii' });

test('a mac equals the standard HMAC-SHA-256, for any secret and text', () => {
  fc.assert(
    fc.property(
      ascii({ minLength: 1, maxLength: 200 }),
      fc.array(ascii({ maxLength: 256 })),
      (secret, texts) => {
        const mac = createMac(secret);
        for (const text of texts)
          expect(mac(text)).toBe(createHmac('sha256', secret).update(text).digest('base64url'));
      },
    ),
  );
});

test('a text that is too long is refused, not truncated', () => {
  expect(() => createMac('secret')('x'.repeat(257))).toThrow(RangeError);
});
