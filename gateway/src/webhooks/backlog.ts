import { backlogFell, backlogRose } from '@shopfast/db/webhook-deliveries';
import { listWebhooks } from '@shopfast/db/webhooks';
import type { WebhookDeps } from './deps.ts';

const CACHE_MS = 5_000;
/**
 * A backlog must fall to this share of the threshold before it triggers again, so that small changes around it trigger
 * once.
 */
const REARM_SHARE = 0.8;

/** Watches the rooms' backlogs for the webhooks that need it. It queries Postgres only when one rises or falls. */
export function createBacklogWatch(deps: WebhookDeps): () => Promise<void> {
  const known = new Map<string, boolean>();
  let watchers: { id: string; threshold: number }[] = [];
  let readAt = Number.NEGATIVE_INFINITY;

  return async () => {
    const now = deps.clock.now();
    if (now - readAt >= CACHE_MS) {
      const all = await listWebhooks(deps.sql);
      watchers = all.flatMap(({ id, events, backlog_threshold: threshold }) =>
        events.includes('room.backlog') && threshold !== null ? [{ id, threshold }] : [],
      );
      if (watchers.length === 0) known.clear();
      readAt = now;
    }
    for (const { id: webhook, threshold } of watchers)
      for (const { id: room, snapshot } of deps.rooms.all()) {
        if (!snapshot) continue;
        const key = `${webhook} ${room}`;
        const { waiting } = snapshot;
        if (waiting >= threshold && known.get(key) !== true) {
          await backlogRose(deps.sql, { webhook, room, waiting, threshold, at: new Date(now) });
          known.set(key, true);
        } else if (waiting < threshold * REARM_SHARE && known.get(key) !== false) {
          await backlogFell(deps.sql, webhook, room);
          known.set(key, false);
        }
      }
    for (const key of known.keys()) if (!deps.rooms.has(key.split(' ')[1] ?? '')) known.delete(key);
  };
}
