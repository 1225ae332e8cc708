import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, refusal, type Shop } from '../shop.fixture.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ units: 50, perCustomerLimit: 10 });
});
afterAll(() => shop.close());

const buyAs = async (email: string) => shop.order(await shop.token(), { email });

test.each(['ann@xn--e1afmkfd.xn--p1ai', 'a&b@example.com', 'x=y@example.com', "o'neil@example.com"])(
  'an order for %s is accepted',
  async (email) => {
    const answer = await buyAs(email);
    expect(answer.status).toBe(202);
    expect(((await answer.json()) as { order: { email: string } }).order.email).toBe(email);
  },
);

test('a non-ASCII address is accepted if the mail server supports it, and otherwise refused with an explanation', async () => {
  const refused = await buyAs('josé@example.com');
  expect(refused.status).toBe(422);
  expect(((await refused.json()) as { detail: string }).detail).toMatch(/email: has letters before the @/);
  shop.checkout.config.smtpUtf8 = true;
  expect((await buyAs('josé@example.com')).status).toBe(202);
  shop.checkout.config.smtpUtf8 = false;
});

test.each([
  'ann',
  'ann@example',
  'a b@example.com',
  'ann@example.com\r\nBcc: all@example.com',
  'ann\u0000@example.com',
])('an order for %j is refused', async (email) => {
  expect(await refusal(buyAs(email))).toBe('422 invalid_request');
});

test.each([
  { region: 'C\u0000A' },
  { region: '\ud83d' },
  { postal_code: '1\u0000' },
  { country: 'constructor' },
])('a destination with %j is refused before units are held', async (part) => {
  const answer = shop.order(await shop.token(), { destination: { country: 'US', ...part } });
  expect(await refusal(answer)).toBe('422 invalid_request');
});
