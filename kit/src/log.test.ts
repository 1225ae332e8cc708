import { expect, test } from 'vitest';
import { createLog, redactSecrets } from './log.ts';

const SECRETS = [
  'tkt_launch.1.a4.AbCdEfGhIjKl.AbCdEfGhIjKlMnOpQrStUv',
  'ord_0b8e7c1e-aaaa-bbbb-cccc-0123456789ab.c2lnbmF0dXJl',
  'adm_0123456789abcdef0123456789abcdef',
  'inv_launch.AbCdEfGhIjKl.1.0.AbCdEfGhIjKlMnOpQrStUv',
  'pri_launch.AbCdEfGhIjKl.1.0.AbCdEfGhIjKlMnOpQrStUv',
  'bnd_c2VjcmV0LW9mLWEtYnJvd3Nlcg',
  'sk_test_0123456789abcdef',
  'whsec_0123456789abcdef',
  'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlLW9mLWl0',
];

test.each(SECRETS)('a log line never shows %s, in whatever field it hides', (secret) => {
  const lines: string[] = [];
  const log = createLog('test', 'info', { write: (line: string) => void lines.push(line) });
  log.info(
    { headers: { authorization: `Bearer ${secret}` }, nested: [{ url: `/?t=${secret}` }] },
    `saw ${secret}`,
  );
  log.error({ err: new Error(`failed for ${secret}`) });
  expect(lines.join('')).not.toContain(secret);
  expect(lines.join('')).toContain('[redacted]');
});

test('what is no secret stays readable', () => {
  expect(redactSecrets('room launch, order 0b8e7c1e, adm_ and tkt_')).toBe(
    'room launch, order 0b8e7c1e, adm_ and tkt_',
  );
});
