import { type IncomingMessage, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export type StreamRequest = { path: string; headers: Record<string, string> };

/**
 * Opens event streams of one holder one by one, waits until their number is stable, and closes them. @returns how many
 * stayed open
 */
export async function openStreams(
  origin: URL,
  { path, headers }: StreamRequest,
  count: number,
): Promise<number> {
  const open = new Set<IncomingMessage>();
  for (let nth = 0; nth < count; nth += 1) await openOne(origin, path, headers, open);
  for (let before = -1; before !== open.size; await wait(1_000)) before = open.size;
  const stayed = open.size;
  for (const one of open) one.destroy();
  return stayed;
}

function openOne(origin: URL, path: string, headers: Record<string, string>, open: Set<IncomingMessage>) {
  return new Promise<void>((resolve) => {
    const { hostname, port } = origin;
    const family = hostname === 'localhost' ? { family: 4 } : {};
    const asked = request({ hostname, port, path, headers, agent: false, ...family });
    asked.on('response', (answer) => {
      if (answer.statusCode === 200) open.add(answer);
      answer.resume();
      answer.on('close', () => open.delete(answer));
      answer.on('error', () => open.delete(answer));
      resolve();
    });
    asked.on('error', () => resolve());
    asked.end();
  });
}
