import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the range that Linux (32768 up) and macOS use for outgoing connections, so that no connection of a crowd takes
// the port of a part that restarts.
const FIRST = 20_000;
const LAST = 32_000;

/** A port on 127.0.0.1 that was free a moment ago. Another program may still take it: retry on a failed bind. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = randomInt(FIRST, LAST);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port found on 127.0.0.1 between ${FIRST} and ${LAST}`);
}

/** Whether nothing listens on a port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * Runs `start` with free ports until one can be bound.
 * @param isTaken tells a lost race for the port from other failures
 */
export async function onFreePort<T>(
  start: (port: number) => Promise<T>,
  isTaken: (error: unknown) => boolean,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (attempt === 10 || !isTaken(error)) throw error;
    }
  }
}
