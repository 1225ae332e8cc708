import { createHmac } from 'node:crypto';
import type { Ticket } from '../tickets/ticket.ts';

/**
 * The secret that binds a reservation token to the browser that claimed it. Derived and not stored, so a repeated claim
 * gives the same one.
 */
export function bindingSecret(key: string, ticket: Ticket): string {
  const mac = createHmac('sha256', key).update(`binding|${ticket.room}|${ticket.epoch}|${ticket.id}`);
  return `bnd_${mac.digest('base64url')}`;
}
