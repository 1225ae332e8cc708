import { Problem } from '@shopfast/kit/errors';
import { type HttpEnv, installBasics, invalidRequest } from '@shopfast/kit/http';
import type { Log } from '@shopfast/kit/log';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type Faults, faultSettings, NO_FAULTS } from './faults.ts';
import type { Mailbox, Message } from './mailbox.ts';
import { inboxPage, inboxScript, messagePage } from './pages.ts';

const messageQuery = z.object({
  to: z.string().max(320).optional(),
  after: z.string().regex(/^\d+$/, 'must be the id of a message').optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
});

/** Mails contain foreign HTML: nothing in it may run, and nothing external may load. */
const PAGE_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Cache-Control': 'no-store',
};

export type InboxDeps = { mailbox: Mailbox; faults: Faults; log: Log };

/** The inbox for people (`/`) and for programs (`/api/…`). */
export function createInboxApp({ mailbox, faults, log }: InboxDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  installBasics(app, { log, frequent: () => true });

  app.get('/', (c) => {
    const { to } = readQuery(c, messageQuery);
    const page = inboxPage({
      messages: mailbox.latest({ to, limit: 200 }),
      count: mailbox.summary().count,
      to,
    });
    return c.html(page, 200, PAGE_HEADERS);
  });
  app.get('/inbox.js', (c) => c.body(inboxScript, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }));
  app.get('/messages/:id', (c) => c.html(messagePage(found(mailbox, c)), 200, PAGE_HEADERS));

  app.get('/api/messages', (c) => {
    const query = readQuery(c, messageQuery);
    const messages = mailbox.list(query);
    return c.json({ messages, next_after: messages.length === query.limit ? messages.at(-1)?.id : null });
  });
  app.get('/api/messages/:id', (c) => c.json(found(mailbox, c)));
  app.delete('/api/messages', (c) => {
    mailbox.clear();
    return c.body(null, 204);
  });
  app.get('/api/summary', (c) => c.json(mailbox.summary()));
  app.get('/api/faults', (c) => c.json(faults.get()));
  app.post('/api/faults', async (c) => {
    const change = checked(faultSettings.partial().safeParse(await c.req.json().catch(() => undefined)));
    faults.set(faultSettings.parse({ ...faults.get(), ...change }));
    return c.json(faults.get());
  });
  app.delete('/api/faults', (c) => {
    faults.set(NO_FAULTS);
    return c.json(faults.get());
  });
  app.get('/healthz', (c) => c.json({ ok: true }));
  return app;
}

function found(mailbox: Mailbox, c: Context): Message {
  const message = mailbox.find(c.req.param('id') ?? '');
  if (!message) throw new Problem('not_found');
  return message;
}

function readQuery<Schema extends z.ZodType>(c: Context, schema: Schema): z.output<Schema> {
  const given = Object.entries(c.req.query()).filter(([, value]) => value !== '');
  return checked(schema.safeParse(Object.fromEntries(given)));
}

function checked<T>(result: z.ZodSafeParseResult<T>): T {
  if (!result.success) throw invalidRequest(result.error.issues);
  return result.data;
}
