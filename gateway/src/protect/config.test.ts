import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultProtectConfig, protectedRooms, readProtectConfig } from './config.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'protect-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const CHECKOUT = 'http://127.0.0.1:3001';
const SERVICES = { checkout: CHECKOUT, workers: 'http://127.0.0.1:3002' };
const read = (content: unknown) => {
  const path = join(folder, 'protect.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readProtectConfig(path, SERVICES);
};
const errorsOf = (content: unknown): string => {
  try {
    read(content);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

test('all errors are named at once, also those between the parts', () => {
  const errors = errorsOf({
    upstreams: { shop: 'ftp://shop', api: { url: 'http://user:pw@api', hots: 'pass', max_connections: 0 } },
    rules: [
      { path: 'checkout', upstream: 'shop', room: 'drop' },
      { path: '/a*b*', upstream: 'nobody', open: true },
      { path: '/b', upstream: 'shop', open: true, room: 'drop' },
      { path: '/c', upstream: 'shop' },
      { path: '/d', upstream: 'shop', room: 'Not A Room' },
      { path: '/v1/rooms/*', upstream: 'shop', open: true },
      { path: '/e', methods: ['get'], upstream: 'shop', open: true },
      { path: '/f', upstream: 'shop', open: false },
    ],
    rulez: [],
  });
  for (const fault of [
    'upstreams.shop.url: must be an http(s) address',
    'upstreams.api.url: must be an http(s) address without user',
    'hots',
    'upstreams.api.max_connections',
    'rules.0.path: must be a path',
    'rules.1.path: may have one *',
    'rules.1.upstream: there is no upstream "nobody"',
    'rules.2: needs either',
    'rules.3: needs either',
    'rules.4.room',
    'rules.5.path: is answered by the gateway itself',
    'rules.6.methods.0: must be a method in capitals',
    'rules.7.open',
    'rulez',
  ])
    expect(errors).toContain(fault);
});

test('a file that is missing or not JSON is reported as such', () => {
  expect(() => readProtectConfig(join(folder, 'none.json'), SERVICES)).toThrow(
    /PROTECT_CONFIG.*cannot be read/,
  );
  expect(errorsOf('{"rules": [')).toMatch(/cannot be read/);
  expect(errorsOf('null')).toContain('(file)');
});

test('a plain URL is an upstream with the default settings, which strip our credentials', () => {
  const { upstreams } = read({
    upstreams: { shop: 'http://127.0.0.1:8080' },
    rules: [{ path: '/*', upstream: 'shop', open: true }],
  });
  expect(upstreams.shop).toMatchObject({ credentials: 'strip', host: 'upstream', max_connections: 64 });
  for (const name of ['checkout', 'workers'] as const)
    expect(upstreams[name]).toMatchObject({ url: SERVICES[name], credentials: 'pass' });
});

test('without a file, the paths of our services are open and nothing else is', () => {
  const config = defaultProtectConfig(SERVICES);
  expect(config.rules.map((rule) => rule.path)).toEqual([
    '/shop/*',
    '/v1/products/*',
    '/v1/admin/products/*',
    '/v1/admin/orders/*',
    '/v1/orders/*',
    '/v1/payments/*',
    '/v1/auth/*',
    '/v1/me/*',
    '/v1/admin/dead-letters/*',
    '/v1/admin/jobs/*',
  ]);
  expect(protectedRooms(config).size).toBe(0);
});

test('the documented example is a valid configuration', () => {
  const path = join(import.meta.dirname, '../../../docs/examples/protect.json');
  const config = readProtectConfig(path, SERVICES);
  expect([...protectedRooms(config)]).toEqual(['drop']);
  const documented = readFileSync(join(import.meta.dirname, '../../../docs/protect.md'), 'utf8');
  expect(documented).toContain(readFileSync(path, 'utf8').trim());
});
