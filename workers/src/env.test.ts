import { expect, test } from 'vitest';
import { workersEnv } from './env.ts';

const usable = {
  DATABASE_URL: 'postgres://localhost/shop',
  JOBS_REDIS_URL: 'redis://localhost',
  GATEWAY_URL: 'http://localhost:3000',
  GATEWAY_KEY: 'adm_key',
  SMTP_URL: 'smtp://localhost',
  MAIL_FROM: 'ShopFast <orders@example.com>',
  STRIPE_SECRET_KEY: 'sk_test_123',
  PUBLIC_URL: 'https://shop.example',
};

test('without STRIPE_API_BASE, Stripe itself is used, and the time limits have defaults', () => {
  expect(workersEnv(usable)).toMatchObject({ PAYMENT_TIMEOUT_MS: 5_000, DB_POOL: 4, PORT: 3002 });
  expect(workersEnv(usable).STRIPE_API_BASE).toBeUndefined();
});

test('all missing variables are named together', () => {
  for (const name of Object.keys(usable)) expect(() => workersEnv({})).toThrow(name);
});

test('each payment provider needs only its own settings', () => {
  const { STRIPE_SECRET_KEY: _, ...others } = usable;
  const http = { ...others, PAYMENT_PROVIDER: 'http' };
  expect(() => workersEnv(http)).toThrow(/PAYMENT_API_BASE/);
  const settings = { PAYMENT_API_BASE: 'https://pay.example', PAYMENT_API_KEY: 'k'.repeat(32) };
  expect(workersEnv({ ...http, ...settings })).toMatchObject(settings);
});

test('mails are kept longer than the jobs that send them', () => {
  const days = { EMAILS_KEPT_DAYS: '40', JOBS_KEPT_DAYS: '39' };
  expect(workersEnv({ ...usable, ...days })).toMatchObject({ EMAILS_KEPT_DAYS: 40, JOBS_KEPT_DAYS: 39 });
  expect(() => workersEnv({ ...usable, ...days, JOBS_KEPT_DAYS: '40' })).toThrow('EMAILS_KEPT_DAYS');
});

test.each([
  ['GATEWAY_KEY', 'key'],
  ['PUBLIC_URL', 'http://shop.example'],
  ['MAIL_FROM', 'orders@example.com\r\nBcc: everybody@example.com'],
  ['DB_POOL', '0'],
])('%s=%j is refused', (name, value) => {
  expect(() => workersEnv({ ...usable, [name]: value })).toThrow(name);
});
