import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { createLog, gathered, redactSecrets } from './log.ts';

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

test('lines are written together, soon and in order', async () => {
  const writes: string[] = [];
  const log = createLog('test', 'info', gathered({ write: (text: string) => void writes.push(text) }));
  for (const name of ['one', 'two', 'three']) log.info(name);
  expect(writes).toEqual([]);
  await vi.waitFor(() => expect(writes).toHaveLength(1));
  const said = writes.join('').trimEnd().split('\n');
  expect(said.map((line) => JSON.parse(line).msg)).toEqual(['one', 'two', 'three']);
});

test.each(['process.exit(3)', 'throw new Error("unexpected")', 'void 0'])(
  'no line is lost by a process that ends with %s',
  async (end) => {
    const module = JSON.stringify(import.meta.resolve('./log.ts'));
    const code = `const { createLog } = await import(${module}); createLog('test').info('the last words'); ${end};`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code]);
    const { stdout } = await run.catch((error: { stdout: string }) => error);
    expect(stdout).toContain('the last words');
  },
);
