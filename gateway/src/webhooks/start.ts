import { cleanUpDeliveries } from '@shopfast/db/webhook-deliveries';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { repeat } from '@shopfast/kit/repeat';
import { createBacklogWatch } from './backlog.ts';
import { BATCH_SIZE, deliverDue } from './deliver.ts';
import type { WebhookDeps } from './deps.ts';
import { createPost } from './post.ts';

const KEPT_MS = 30 * 86_400_000;

/** Delivers webhook events, separately from other work, so that a slow receiver delays nothing else. */
export function startWebhooks(deps: WebhookDeps, lifecycle: Lifecycle): void {
  const { post, close } = createPost(() => deps.config.webhooksToPrivate);
  let closing = false;
  const options = { log: deps.log, lifecycle };
  repeat(1_000, 'backlog watch', createBacklogWatch(deps), options);
  repeat(
    1_000,
    'webhooks',
    async () => {
      while (!closing && (await deliverDue(deps, post)) === BATCH_SIZE);
    },
    options,
  );
  const prune = async () => {
    await cleanUpDeliveries(deps.sql, new Date(deps.clock.now() - KEPT_MS), 1_000);
  };
  repeat(60_000, 'webhook clean-up', prune, options);
  // Opened last, so closed first. A running delivery is sent again later, and the shutdown does not wait for slow
  // receivers.
  lifecycle.onClose('webhook connections', () => {
    closing = true;
    return close();
  });
}
