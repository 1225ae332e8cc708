import { afterEach, expect, test, vi } from 'vitest';
import { showProgress } from './say.mjs';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('the latest line of a long step is shown with the elapsed time', () => {
  vi.useFakeTimers();
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  let latest = '';
  const finish = showProgress('npm ci', () => latest);
  latest = '  npm http fetch   GET 200\n';
  vi.advanceTimersByTime(15_000);
  finish(true);
  const text = written.mock.calls.map(([line]) => line).join('');
  expect(text).toContain('15 s  npm http fetch GET 200');
  expect(text).toContain('npm ci: done after 15 s');
});
