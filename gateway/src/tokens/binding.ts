import { createHmac } from 'node:crypto';

/** The part of a ticket that its tokens contain. `id`: random, the operation id of its join. */
export type TicketOfToken = { room: string; epoch: number; id: string };

/**
 * The secret that binds a reservation token to the browser that claimed it. Derived and not stored, so a repeated claim
 * gives the same one.
 */
export function bindingSecret(key: string, ticket: TicketOfToken): string {
  const mac = createHmac('sha256', key).update(`binding|${ticket.room}|${ticket.epoch}|${ticket.id}`);
  return `bnd_${mac.digest('base64url')}`;
}
