import { createServer } from 'node:http';
import { announceReady } from '@shopfast/kit/http';
import { runService } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { portOf } from '@shopfast/kit/port-of';

// The reference: what this Node can do without a framework.
await runService(createLog('hello-node', 'warn'), async (lifecycle) => {
  const body = JSON.stringify({ hello: 'world' });
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  lifecycle.onClose('server', () => {
    server.closeAllConnections();
    server.close();
  });
  announceReady({ url: `http://127.0.0.1:${portOf(server)}` });
});
