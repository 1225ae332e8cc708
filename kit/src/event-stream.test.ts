import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createEventReader } from './event-reader.ts';
import { type EventStream, encodeEvent, encodeRetry, HEARTBEAT, openEventStream } from './event-stream.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

/** Opens a stream to a client that sends its request and then reads nothing. */
async function openToIdleReader() {
  const opened = Promise.withResolvers<EventStream>();
  const closed = Promise.withResolvers<void>();
  server = createServer((_, outgoing) => {
    const settings = { requestId: 'r', maxBufferedBytes: 16_384, onClose: closed.resolve };
    opened.resolve(openEventStream(outgoing, settings));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.pause();
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
  return { stream: await opened.promise, closed: closed.promise };
}

test('a reader that does not read is disconnected when its buffer exceeds the limit', async () => {
  const { stream, closed } = await openToIdleReader();
  let isClosed = false;
  const seen = closed.then(() => {
    isClosed = true;
  });
  const event = `data: ${'x'.repeat(64_000)}\n\n`;
  // The buffers of the system take some megabytes first.
  for (let sent = 0; sent < 1_000 && !isClosed; sent += 1) {
    stream.send(event);
    await new Promise(setImmediate);
  }
  await seen;
  expect(isClosed).toBe(true);
});

test('a reader that does not take the last text is disconnected after some seconds', async () => {
  const { stream, closed } = await openToIdleReader();
  // More than the buffers of the system hold.
  stream.end(`data: ${'x'.repeat(16_000_000)}\n\n`);
  await closed;
});

test('what is encoded is read again', () => {
  const text = encodeEvent('{"a":1}') + HEARTBEAT + encodeEvent('{}', 'ended') + encodeRetry(1_000);
  expect(createEventReader()(text)).toEqual([
    { event: 'message', data: '{"a":1}', retryMs: null },
    { event: 'ended', data: '{}', retryMs: null },
    { event: 'message', data: '', retryMs: 1_000 },
  ]);
});

test('the pauses before readers reconnect are spread', () => {
  const pauses = Array.from({ length: 200 }, () =>
    Number(/^retry: (\d+)\n\n$/.exec(encodeRetry(1_000, 5_000))?.[1]),
  );
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(5_000);
  expect(new Set(pauses).size).toBeGreaterThan(50);
});
