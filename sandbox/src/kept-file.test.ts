import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMailbox, type Message } from './inbox/mailbox.ts';
import { keepInFile, readKept } from './kept-file.ts';
import { createLedger, type KeptLedger, ledgerToKeep } from './stripe/ledger.ts';

const log = createLog('test', 'silent');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-file-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a change is in the file soon, and the last change at the end', async () => {
  const file = join(folder, 'kept.json');
  const lifecycle = createLifecycle(log);
  const content = { count: 1 };
  expect(readKept(file)).toBeUndefined();
  keepInFile(file, () => content, { log, lifecycle });
  await vi.waitFor(() => expect(readKept(file)).toEqual({ count: 1 }), { timeout: 30_000, interval: 50 });
  content.count = 2;
  await lifecycle.close();
  expect(readKept(file)).toEqual({ count: 2 });
  expect(readdirSync(folder)).toEqual(['kept.json']);
});

test('without a file nothing is kept', async () => {
  const lifecycle = createLifecycle(log);
  keepInFile(undefined, () => expect.unreachable(), { log, lifecycle });
  await lifecycle.close();
  expect(readKept(undefined)).toBeUndefined();
});

const throughJson = <Content>(content: Content) => JSON.parse(JSON.stringify(content)) as Content;

test('a kept ledger has its records again', () => {
  const ledger = createLedger();
  ledger.intents.set('pi_1', { id: 'pi_1', status: 'requires_action' } as never);
  ledger.bankVisits.set('secret', 'pi_1');
  expect(createLedger(throughJson<KeptLedger>(ledgerToKeep(ledger)))).toEqual(ledger);
});

test('a kept mailbox has its mails again, and gives new ones new ids', () => {
  const mail = { to: ['ann@example.com'], subject: 'Hello' } as Message;
  const mailbox = createMailbox();
  mailbox.add(mail);
  mailbox.add(mail);
  const again = createMailbox(10, throughJson(mailbox.list({ limit: 10 })));
  expect(again.list({ limit: 10 })).toEqual(mailbox.list({ limit: 10 }));
  expect(again.add(mail).id).toBe('3');
});
