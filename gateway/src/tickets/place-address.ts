import { createHmac } from 'node:crypto';
import { invalidRequest } from '@shopfast/kit/http';
import { mailboxOf } from '@shopfast/kit/mailbox';
import type { Room } from '../rooms/room.ts';
import type { TicketDeps } from './deps.ts';

/**
 * The form of a shopper's address in Redis, in a room with one place per address: a keyed hash, different in every
 * room. So the addresses cannot be read, guessed or tracked there.
 * @throws Problem invalid_request naming `email` when there is none
 */
export function placeAddress(deps: TicketDeps, room: Room, email: string | undefined): string {
  if (!email) throw invalidRequest([{ path: ['email'], message: 'is required to join this room' }]);
  const mac = createHmac('sha256', deps.config.bindingSecret);
  mac.update(`place|${room.id}|${room.epoch}|${mailboxOf(email)}`);
  return mac.digest().subarray(0, 16).toString('base64url');
}
