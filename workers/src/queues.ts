import { queuePrefix } from '@shopfast/kit/contracts/jobs';
import { QUEUES, type QueueName } from '@shopfast/kit/contracts/limits';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { Log } from '@shopfast/kit/log';
import type { RedisClient } from '@shopfast/kit/redis';
import { Queue } from 'bullmq';

export type Queues = Record<QueueName, Queue>;

/**
 * The producer side of the queues, on a connection that fails fast. Nothing is sent to Redis at the start: a Redis that
 * is unavailable at that moment would leave a queue unusable for good.
 */
export function openQueues(redis: RedisClient, context: { log: Log; lifecycle: Lifecycle }): Queues {
  const open = (name: QueueName): Queue => {
    const queue = new Queue(name, {
      connection: redis,
      prefix: queuePrefix(name),
      skipVersionCheck: true,
      skipWaitingForReady: true,
    });
    queue.on('error', (err) => context.log.debug({ err, queue: name }, 'queue connection'));
    context.lifecycle.onClose(`queue ${name}`, () => queue.close());
    return queue;
  };
  // One entry for each name.
  return Object.fromEntries(QUEUES.map((name) => [name, open(name)])) as Queues;
}
