import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { HostileRequest } from './hostile-requests.ts';

export type HostileAnswer = { status: number; text: string; retryAfterSeconds?: number };

/** A sender: credentials as headers, made for each request. A hostile header of the same name replaces them. */
export type Sender = { name: string; headers(): Record<string, string> };

/**
 * Sends requests unchanged over real HTTP, several at once.
 * @returns the requests that got a 5xx or no answer: which request, by which sender, and the answer
 */
export async function sendHostile(
  url: string,
  requests: Iterable<HostileRequest>,
  sender: Sender,
  atOnce = 8,
): Promise<{ sent: number; failures: string[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const waiting = requests[Symbol.iterator]();
  const failures: string[] = [];
  let sent = 0;
  const work = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      sent += 1;
      const answer = await sendWithRetries(url, agent, next.value, sender);
      if (answer.status >= 500)
        failures.push(`${answer.status} ${sender.name} ${next.value.what} → ${answer.text.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  agent.destroy();
  return { sent, failures };
}

const MAX_TRIES = 10;

/** Retries after `Retry-After` (a busy machine), a limited number of times. */
async function sendWithRetries(url: string, agent: Agent, hostile: HostileRequest, sender: Sender) {
  for (let tries = 1; ; tries += 1) {
    const answer = await send(url, agent, hostile, sender).catch(
      (error: Error): HostileAnswer => ({ status: 599, text: `no answer: ${error.message}` }),
    );
    if (answer.status !== 503 || !answer.retryAfterSeconds || tries === MAX_TRIES) return answer;
    await delay(Math.min(answer.retryAfterSeconds, 5) * 1_000);
  }
}

const MAX_SHARED_BODY = 2_000;

/** Over node:http, which does not change the path. An event stream counts as answered when its headers arrive. */
function send(url: string, agent: Agent, hostile: HostileRequest, sender: Sender): Promise<HostileAnswer> {
  const { hostname, port } = new URL(url);
  const { method, target, body } = hostile;
  // A body that is refused before its end closes its connection, which no other request may share.
  const isLarge = (body?.length ?? 0) > MAX_SHARED_BODY;
  const headers: Record<string, string | number> = { ...sender.headers(), ...hostile.headers };
  if (body !== null) headers['content-length'] = Buffer.byteLength(body);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { hostname, port, method, path: target, headers, agent: isLarge ? false : agent },
      (answer) => {
        const status = answer.statusCode ?? 0;
        if (/event-stream/.test(answer.headers['content-type'] ?? '')) {
          answer.destroy();
          return resolve({ status, text: '' });
        }
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          text += chunk;
        });
        const retryAfterSeconds = Number(answer.headers['retry-after'] ?? 0);
        answer.on('end', () => resolve({ status, text, retryAfterSeconds }));
        answer.on('error', reject);
      },
    );
    // A refused body may close the connection while it is still being sent. The answer came before that.
    request.on('error', (error: NodeJS.ErrnoException) =>
      ['EPIPE', 'ECONNRESET'].includes(error.code ?? '') && isLarge
        ? resolve({ status: 413, text: '' })
        : reject(error),
    );
    request.end(body ?? undefined);
  });
}
