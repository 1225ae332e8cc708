import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { openTestShop, type TestShop } from '../testing/shop.ts';
import { servers } from '../testing/urls.ts';
import { smtpMailer } from './mailer.ts';

export type MailShop = {
  shop: TestShop;
  /** Closes after all tests. */
  lifecycle: Lifecycle;
  /** The dependencies of mail handlers. */
  deps: TestShop['deps'] & { mailer: ReturnType<typeof smtpMailer>; mailDomain: string };
};

/**
 * A shop with an inbox for one test file. Its faults are cleared after each test, and it closes after all. Filled
 * before the first.
 */
export function openMailShop(): MailShop {
  const lifecycle = createLifecycle();
  const it = { lifecycle } as MailShop;
  beforeAll(async () => {
    it.shop = await openTestShop(servers());
    const from = 'ShopFast <orders@shop.example>';
    const mailer = smtpMailer({ url: it.shop.inbox.smtpUrl, from, connections: 2, lifecycle });
    it.deps = { ...it.shop.deps, mailer, mailDomain: 'shop.example' };
  });
  afterEach(() => it.shop.inbox.misbehave({}));
  afterAll(async () => {
    await lifecycle.close();
    await it.shop?.close();
  });
  return it;
}
