import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { createLog, gathered } from './log.ts';
import { EXAMPLES } from './secrets.fixture.ts';
import { redactSecrets } from './secrets.ts';

test.each(Object.values(EXAMPLES))('a log line never shows %s, in any field', (secret) => {
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

test('text that is not a secret stays readable', () => {
  expect(redactSecrets('room launch, order 0b8e7c1e, adm_ and tkt_')).toBe(
    'room launch, order 0b8e7c1e, adm_ and tkt_',
  );
});

test('lines are written together, promptly and in order', async () => {
  const writes: string[] = [];
  const log = createLog('test', 'info', gathered({ write: (text: string) => void writes.push(text) }));
  for (const name of ['one', 'two', 'three']) log.info(name);
  expect(writes).toEqual([]);
  await vi.waitFor(() => expect(writes).toHaveLength(1), { timeout: 15_000 });
  const said = writes.join('').trimEnd().split('\n');
  expect(said.map((line) => JSON.parse(line).msg)).toEqual(['one', 'two', 'three']);
});

test.each(['process.exit(3)', 'throw new Error("unexpected")', 'void 0'])(
  'a process that ends with %s loses no line',
  async (end) => {
    const module = JSON.stringify(import.meta.resolve('./log.ts'));
    const code = `const { createLog } = await import(${module}); createLog('test').info('the last words'); ${end};`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code]);
    const { stdout } = await run.catch((error: { stdout: string }) => error);
    expect(stdout).toContain('the last words');
  },
);
