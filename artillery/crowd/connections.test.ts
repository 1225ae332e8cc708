import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Received } from '@shopfast/sandbox/shopper/answers';
import { expect, onTestFinished, test } from 'vitest';
import { CallLog, readCalls } from './call-log.ts';
import { BROKEN, openConnections, parse } from './connections.ts';

const REQUEST = (path: string) => `GET ${path} HTTP/1.1\r\nHost: shop\r\n\r\n`;

async function serve(answer: Parameters<typeof createServer>[1], most: number) {
  const server = createServer(answer as Parameters<typeof createServer>[0]);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const connections = openConnections(new URL(`http://127.0.0.1:${port}`), most);
  onTestFinished(async () => {
    connections.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const ask = (path: string) => new Promise<Received>((resolve) => connections.send(REQUEST(path), resolve));
  return { server, ask };
}

test('many share few connections, and each gets the answer to its own request', async () => {
  const seen = new Set<unknown>();
  const { ask } = await serve((request, response) => {
    seen.add(request.socket);
    // Half of the answers have a length, the others are chunked.
    if (request.url?.endsWith('0')) response.write('part ');
    response.end(`of ${request.url} é`);
  }, 4);
  const paths = Array.from({ length: 100 }, (_, at) => `/${at}`);
  const replies = await Promise.all(paths.map(ask));
  expect(replies.map((reply) => reply.text)).toEqual(
    paths.map((path) => `${path.endsWith('0') ? 'part ' : ''}of ${path} é`),
  );
  expect(seen.size).toBeLessThanOrEqual(4);
});

test('a broken connection counts as no answer, and the next request opens a new one', async () => {
  const { ask } = await serve((request, response) => {
    if (request.url === '/break') request.socket.destroy();
    else response.writeHead(503, { 'Retry-After': '3' }).end();
  }, 1);
  const [broken, refused] = await Promise.all([ask('/break'), ask('/on')]);
  expect(broken.status).toBe(BROKEN);
  expect(refused).toMatchObject({ status: 503, retryAfterMs: 3_000 });
});

test('an answer is complete when its last byte has arrived, in any pieces', () => {
  const whole = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody');
  for (let cut = 1; cut < whole.length; cut += 1) expect(parse(whole.subarray(0, cut))).toBeNull();
  expect(parse(whole)).toEqual({ status: 200, retryAfterMs: 0, text: 'body' });
});

test('the log returns calls as they were stored, beyond its first megabyte', () => {
  const log = new CallLog();
  const call = (shopper: number) =>
    ({ shopper, kind: 'poll', outcome: 'refused', status: 503, at: shopper + 0.25, ms: 12.34 }) as const;
  for (let shopper = 0; shopper < 70_000; shopper += 1) log.add(call(shopper));
  const calls = readCalls(log.toBytes());
  expect(calls).toHaveLength(70_000);
  expect(calls[69_999]).toEqual(call(69_999));
});
