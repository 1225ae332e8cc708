import { randomUUID } from 'node:crypto';
import { runJoin } from '@shopfast/gateway/lua/join';
import { defineScripts } from '@shopfast/gateway/lua/scripts';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { connectRedis } from '@shopfast/kit/redis';

const BATCH = 500;
/** The numbers are counted in Redis alone. */
const UNKNOWN = { epoch: -1, issued: 0, margin: 0 };

/**
 * Fills a room with waiting tickets by the gateway's own join script, directly in Redis: 1,000,000 in half a minute.
 */
export async function fillRoom(redisUrl: string, room: string, count: number): Promise<void> {
  const lifecycle = createLifecycle();
  try {
    const redis = defineScripts(
      connectRedis(redisUrl, 'worker', { log: createLog('bench', 'warn'), lifecycle }),
    );
    for (let done = 0; done < count; done += BATCH) {
      const size = Math.min(BATCH, count - done);
      const joins = Array.from({ length: size }, () =>
        runJoin(redis, room, [randomUUID()], UNKNOWN, Date.now()),
      );
      await Promise.all(joins);
    }
  } finally {
    await lifecycle.close();
  }
}

/** Memory of all keys of a room, as Redis counts it, without the operation ids that expire after a minute. */
export async function roomBytes(
  redisUrl: string,
  room: string,
): Promise<{ bytes: number; withOperations: number }> {
  const lifecycle = createLifecycle();
  try {
    const redis = connectRedis(redisUrl, 'worker', { log: createLog('bench', 'warn'), lifecycle });
    let bytes = 0;
    let operations = 0;
    const scan: AsyncIterable<string[]> = redis.scanStream({ match: `wr:{${room}}:*`, count: 1_000 });
    for await (const found of scan) {
      for (const key of found) {
        const size = Number(await redis.call('MEMORY', 'USAGE', key, 'SAMPLES', '0'));
        if (key.includes(':joins:')) operations += size;
        else bytes += size;
      }
    }
    return { bytes, withOperations: bytes + operations };
  } finally {
    await lifecycle.close();
  }
}
