import type { Sql } from '../client.ts';
import type { WebhookDelivery } from '../schema/webhooks.ts';

export type LeasedDelivery = WebhookDelivery & { url: string; secret_encrypted: string };

/**
 * Leases due deliveries to the caller, oldest first. They are due again when the lease ends. The attempt is counted
 * now, so that a delivery whose sender dies is not tried for ever.
 */
export async function leaseDeliveries(
  sql: Sql,
  options: { now: Date; limit: number; leaseSeconds: number },
): Promise<LeasedDelivery[]> {
  return await sql<LeasedDelivery[]>`
    update webhook_deliveries delivery
    set attempts = attempts + 1, next_attempt_at = ${options.now}::timestamptz + make_interval(secs => ${options.leaseSeconds})
    from webhooks
    where webhooks.id = delivery.webhook_id and delivery.id in (
      select id from webhook_deliveries
      where delivered_at is null and failed_at is null and next_attempt_at <= ${options.now}
      order by next_attempt_at limit ${options.limit}
      for update skip locked
    )
    returning delivery.*, webhooks.url, webhooks.secret_encrypted`;
}
