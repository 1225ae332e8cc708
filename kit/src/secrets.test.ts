import { expect, test } from 'vitest';
import { EXAMPLES } from './secrets.fixture.ts';
import { hasSecret, redactSecrets } from './secrets.ts';

test.each(Object.entries(EXAMPLES))('a secret (%s) is found in any text, encoded or not', (_, secret) => {
  const encoded = [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
  for (const text of [secret, `a=${secret}&b=1`, `x, ${secret}`, encoded, encoded.replaceAll('%', '%25')])
    expect(hasSecret(text), text).toBe(true);
  expect(redactSecrets(`?t=${secret}`)).toContain('[redacted]');
});

test.each([
  'sort=pri_asc&by=ord_date',
  'id=ord_01HXYZABCDEFGHJKMNPQRSTVWX',
  'inv_2026.pdf',
  'word_pri_launch',
  `${EXAMPLES.reservation.replace(/^[^.]+/, Buffer.from('{"alg":"ES256","typ":"JWT"}').toString('base64url'))}`,
  '100%',
])('%s is not a secret: it belongs to the shop', (text) => {
  expect(hasSecret(text)).toBe(false);
});
