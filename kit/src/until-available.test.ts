import { expect, test } from 'vitest';
import { createLog } from './log.ts';
import { untilAvailable } from './until-available.ts';

const log = createLog('test', 'silent');

test('waits while the error can pass by itself, and no longer', async () => {
  const errors = ['away', 'away'];
  const check = async () => {
    const error = errors.shift();
    if (error) throw new Error(error);
  };
  await untilAvailable('a store', check, {
    isTemporary: (error) => (error as Error).message === 'away',
    log,
  });
  expect(errors).toEqual([]);
});

test('does not wait for what needs an operator', async () => {
  const check = () => Promise.reject(new Error('wrong password'));
  await expect(untilAvailable('a store', check, { isTemporary: () => false, log })).rejects.toThrow(
    'password',
  );
});
