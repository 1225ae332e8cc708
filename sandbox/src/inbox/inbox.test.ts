import { manualClock } from '@shopfast/kit/clock';
import type { ProblemDocument } from '@shopfast/kit/errors';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInboxApp } from './app.ts';
import { createFaults } from './faults.ts';
import { createMailbox, type Mailbox, type Message } from './mailbox.ts';
import { listenForMail } from './smtp.ts';

const log = createLog('inbox', 'silent');
let lifecycle: Lifecycle;
let mailbox: Mailbox;
let app: ReturnType<typeof createInboxApp>;
let smtpPort: number;

beforeEach(async () => {
  lifecycle = createLifecycle(log);
  mailbox = createMailbox(3);
  const faults = createFaults();
  app = createInboxApp({ mailbox, faults, log });
  const clock = manualClock();
  smtpPort = await listenForMail({ host: '127.0.0.1', port: 0, mailbox, faults, clock, log, lifecycle });
});
afterEach(() => lifecycle.close());

type Sent = { to?: string; subject?: string; text?: string; html?: string; messageId?: string };

async function send(mail: Sent): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: smtpPort,
    secure: false,
    socketTimeout: 1_000,
    greetingTimeout: 1_000,
  });
  try {
    await transport.sendMail({
      from: 'Shop <shop@example.com>',
      to: 'ann@example.com',
      subject: 'Hello',
      text: 'Hi',
      ...mail,
    });
  } finally {
    transport.close();
  }
}

type Listing = { messages: Message[]; next_after: string | null };
type Summary = ReturnType<Mailbox['summary']>;

const get = async <T>(path: string) => (await (await app.request(path)).json()) as T;
const subjects = ({ messages }: Listing) => messages.map(({ subject }) => subject);

function setFaults(faults: unknown): Promise<Response> | Response {
  return app.request('/api/faults', { method: 'POST', body: JSON.stringify(faults) });
}

describe('a mail that was sent', () => {
  test('can be read through the API, with its text, HTML and recipients', async () => {
    await send({
      to: 'Ann@Example.com, bob@example.com',
      subject: 'Grüße',
      text: 'Plain ✓',
      html: '<p>Rich ✓</p>',
      messageId: '<1@shop>',
    });

    const { messages, next_after } = await get<Listing>('/api/messages?to=ann@example.com');
    expect(messages).toEqual([
      {
        id: '1',
        message_id: '<1@shop>',
        from: 'shop@example.com',
        to: ['ann@example.com', 'bob@example.com'],
        subject: 'Grüße',
        received_at: '2026-01-01T00:00:00.000Z',
        text: 'Plain ✓\n',
        headers: expect.objectContaining({ 'message-id': '<1@shop>' }),
        html: '<p>Rich ✓</p>\n',
      },
    ]);
    expect(next_after).toBeNull();
    expect(await get('/api/messages/1')).toEqual(messages[0]);
    expect(await get<Listing>('/api/messages?to=carl@example.com')).toEqual({
      messages: [],
      next_after: null,
    });
  });

  test('is counted once per Message-ID in the summary, for any number of copies', async () => {
    await send({ subject: 'Paid', messageId: '<1@shop>' });
    await send({ subject: 'Paid', messageId: '<1@shop>' });
    await send({ subject: 'Refunded', messageId: '<2@shop>' });
    expect(await get<Summary>('/api/summary')).toEqual({
      count: 3,
      distinct: 2,
      dropped: 0,
      by_subject: { Paid: 2, Refunded: 1 },
    });
  });

  test('is shown to people without running any of its content', async () => {
    await send({
      subject: '<script>alert(1)</script>',
      html: '<script>alert(2)</script><a href="x">"go"</a>',
    });
    const list = await (await app.request('/')).text();
    expect(list).toContain('&lt;script&gt;alert(1)');
    expect(list).not.toContain('<script>alert');

    const answer = await app.request('/messages/1');
    const page = await answer.text();
    expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(page).toContain('&lt;script&gt;alert(2)');
    expect(page).not.toContain('<script>alert');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

describe('the box', () => {
  test('is read page by page, oldest first', async () => {
    for (const subject of ['one', 'two', 'three']) await send({ subject });
    const first = await get<Listing>('/api/messages?limit=2');
    expect(subjects(first)).toEqual(['one', 'two']);
    const rest = await get<Listing>(`/api/messages?limit=2&after=${first.next_after}`);
    expect(subjects(rest)).toEqual(['three']);
  });

  test('drops the oldest mail when it is full, and reports it', async () => {
    for (const subject of ['one', 'two', 'three', 'four']) await send({ subject });
    expect(subjects(await get<Listing>('/api/messages'))).toEqual(['two', 'three', 'four']);
    expect((await get<Summary>('/api/summary')).dropped).toBe(1);
  });

  test('can be emptied', async () => {
    await send({});
    expect((await app.request('/api/messages', { method: 'DELETE' })).status).toBe(204);
    expect((await get<Summary>('/api/summary')).count).toBe(0);
    expect((await app.request('/api/messages/1')).status).toBe(404);
  });

  test('refuses an invalid query', async () => {
    const answer = await app.request('/api/messages?limit=0&after=x');
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as ProblemDocument).errors?.map(({ field }) => field)).toEqual([
      'after',
      'limit',
    ]);
  });
});

describe('a mail server with injected faults', () => {
  test('refuses every client until the fault is cleared', async () => {
    await setFaults({ refuse: true });
    await expect(send({})).rejects.toMatchObject({ responseCode: 421 });
    await app.request('/api/faults', { method: 'DELETE' });
    await send({});
    expect((await get<Summary>('/api/summary')).count).toBe(1);
  });

  test('fails mails temporarily, and stores none of them', async () => {
    await setFaults({ temporary_fail_rate: 1 });
    await expect(send({})).rejects.toMatchObject({ responseCode: 451 });
    expect((await get<Summary>('/api/summary')).count).toBe(0);
  });

  test('answers nothing while it hangs', async () => {
    await setFaults({ hang: true });
    await expect(send({})).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    await setFaults({ hang: false });
    await send({});
    expect((await get<Summary>('/api/summary')).count).toBe(1);
  });

  test('delays its answer', async () => {
    await setFaults({ delay_ms: 300 });
    const began = performance.now();
    await send({});
    expect(performance.now() - began).toBeGreaterThanOrEqual(299);
  });

  test('keeps the settings that a change does not name', async () => {
    await setFaults({ delay_ms: 5 });
    await setFaults({ temporary_fail_rate: 0.5 });
    expect(await get('/api/faults')).toEqual({
      refuse: false,
      hang: false,
      delay_ms: 5,
      temporary_fail_rate: 0.5,
      lose_answer_rate: 0,
    });
  });

  test('refuses invalid settings', async () => {
    expect((await setFaults({ temporary_fail_rate: 2 })).status).toBe(422);
    expect((await setFaults({ unknown: true })).status).toBe(422);
  });
});
