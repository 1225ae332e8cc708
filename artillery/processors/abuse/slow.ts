import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Answer, UNANSWERED } from '@shopfast/sandbox/shopper/answers';
import type { BotRun } from './bot.ts';

const BYTE_EVERY_MS = 1_000;
const PATIENCE_MS = 45_000;

/** Holds two connections with requests that never end: one sends headers byte by byte, one a body. */
export async function sendSlowly(run: BotRun): Promise<void> {
  const { target, room } = run.bot;
  const head = `POST /v1/rooms/${room}/tickets HTTP/1.1\r\nHost: ${new URL(target).host}\r\n`;
  const answers = await Promise.all([
    sendByteByByte(target, `${head}X-Slow: `),
    sendByteByByte(
      target,
      `${head}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"locale":"`,
    ),
  ]);
  for (const answer of answers) run.tried(answer, 408, 'request_timeout');
}

/** Sends the start of a request and then one byte a second. @returns the answer, if there is one */
function sendByteByByte(target: string, beginning: string): Promise<Answer<never>> {
  const { promise, resolve } = Promise.withResolvers<Answer<never>>();
  const socket = open(new URL(target));
  let said = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    said += text;
  });
  socket.write(beginning);
  const drip = setInterval(() => socket.write('x'), BYTE_EVERY_MS);
  const patience = setTimeout(() => socket.destroy(), PATIENCE_MS);
  socket.on('error', () => {}); // Followed by 'close'.
  socket.once('end', () => socket.destroy());
  socket.once('close', () => {
    clearInterval(drip);
    clearTimeout(patience);
    resolve(readAnswer(said));
  });
  return promise;
}

function open({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return protocol === 'https:'
    ? connectTls({ host, port: Number(port || 443), servername: host })
    : connectPlain({ host, port: Number(port || 80) });
}

function readAnswer(text: string): Answer<never> {
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
  if (!status) return UNANSWERED;
  const [, code = ''] = /"code":"(\w+)"/.exec(text) ?? [];
  return { ...UNANSWERED, status: Number(status), code };
}
