import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareChromium } from './chromium.mjs';
import { prepareCurl } from './debian-programs.mjs';
import { prepareRedis } from './redis.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'programs-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function addProgram(name) {
  const file = join(folder, name);
  writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
  return file;
}

test('a Redis that REDIS_URL names is enough', async () => {
  expect(await prepareRedis({ PATH: folder, REDIS_URL: 'redis://redis.test' })).toEqual({});
});

test.each(['redis-server', 'valkey-server'])('%s on the PATH is enough', async (name) => {
  addProgram(name);
  expect(await prepareRedis({ PATH: `/nowhere:${folder}` })).toEqual({});
});

test('without Redis, and without a way to install it, there is advice', async () => {
  await expect(prepareRedis({ PATH: folder })).rejects.toThrow(
    /apt-get install redis-server[\s\S]+brew[\s\S]+REDIS_URL/,
  );
});

test('a browser on the PATH is passed on to the tests', async () => {
  const browser = addProgram('google-chrome');
  expect(await prepareChromium({ PATH: folder })).toEqual({ CHROMIUM_PATH: browser });
});

test('a CHROMIUM_PATH without a program is refused with advice', async () => {
  const wrong = prepareChromium({ PATH: folder, CHROMIUM_PATH: join(folder, 'missing') });
  await expect(wrong).rejects.toThrow(/which is not a program[\s\S]+apt-get install chromium/);
});

test('bash and curl on the PATH are enough; without one of them, the ways out are named', async () => {
  addProgram('bash');
  await expect(prepareCurl({ PATH: folder })).rejects.toThrow(/apt-get install bash curl[\s\S]+brew/);
  addProgram('curl');
  expect(await prepareCurl({ PATH: folder })).toEqual({});
});
