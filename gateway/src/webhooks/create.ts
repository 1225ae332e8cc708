import { randomBytes, randomUUID } from 'node:crypto';
import type { Webhook } from '@shopfast/db/schema/webhooks';
import { insertWebhook } from '@shopfast/db/webhooks';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import type { WebhookEvent } from '@shopfast/kit/contracts/limits';
import { invalidRequest } from '@shopfast/kit/http';
import { isPublicAddress, literalAddress } from './addresses.ts';
import type { WebhookDeps } from './deps.ts';

const MAX_WEBHOOKS = 50;

export type WebhookRequest = { url: string; events: WebhookEvent[]; backlog_threshold?: number | undefined };

/**
 * Creates a webhook. Its secret is returned only now; Postgres stores it encrypted.
 * @throws Problem invalid_request
 */
export async function createWebhook(
  deps: WebhookDeps,
  asked: WebhookRequest,
  author: Author,
): Promise<{ webhook: Webhook; secret: string }> {
  const url = new URL(asked.url);
  const literal = literalAddress(url);
  if (literal && !isPublicAddress(literal) && !deps.config.webhooksToPrivate)
    throw refused('url', 'must not be a private address');
  const wantsBacklog = asked.events.includes('room.backlog');
  if (wantsBacklog !== (asked.backlog_threshold !== undefined))
    throw refused('backlog_threshold', 'is required with the event room.backlog, and not allowed without it');

  const id = randomUUID();
  const secret = `whsec_${randomBytes(32).toString('base64url')}`;
  const events = [...new Set(asked.events)];
  const backlog_threshold = asked.backlog_threshold ?? null;
  const entry = auditEntry(author, deps.clock.now(), {
    action: 'webhook.create',
    target: id,
    after: { url: url.origin + url.pathname, events, backlog_threshold },
  });
  const row = {
    id,
    url: url.href,
    events,
    backlog_threshold,
    secret_encrypted: deps.sealer.encrypt(secret),
    created_by: author.actor,
  };
  const webhook = await insertWebhook(deps.sql, row, MAX_WEBHOOKS, entry);
  if (!webhook) throw refused('url', `there are already ${MAX_WEBHOOKS} webhooks; delete one first`);
  return { webhook, secret };
}

const refused = (field: string, message: string) => invalidRequest([{ path: [field], message }]);
