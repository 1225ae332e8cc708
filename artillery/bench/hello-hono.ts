import { announceReady, listen } from '@shopfast/kit/http';
import { runService } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { Hono } from 'hono';

// The reference: the least that Hono can do on this Node.
await runService(createLog('hello-hono', 'warn'), async (lifecycle) => {
  const app = new Hono().get('/', (c) => c.json({ hello: 'world' }));
  const { port } = await listen({ fetch: app.fetch, port: 0, host: '127.0.0.1', lifecycle });
  announceReady({ url: `http://127.0.0.1:${port}` });
});
