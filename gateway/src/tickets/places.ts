import { createHmac, timingSafeEqual } from 'node:crypto';
import { queueTurnReminders } from '@shopfast/db/mails';
import { Problem } from '@shopfast/kit/errors';
import { chooseLocale, LOCALES } from '@shopfast/kit/i18n/locale';
import { runPlaceClaim } from '../lua/place-claim.ts';
import { runProvePlace } from '../lua/prove-place.ts';
import type { Room } from '../rooms/room.ts';
import type { TicketDeps } from './deps.ts';
import { leave } from './leave.ts';
import type { Ticket } from './ticket.ts';

/** Each mail contains a link that proves the mailbox, so more of them would only annoy. */
const MAX_MAILS = 3;
const MAX_AGE_MS = 3_600_000;
const PROOF = /^plc_([0-9a-z]{1,8})\.([\w-]{22})\.([\w-]{22})$/;

const PLACE_TAKEN =
  'Another ticket with this e-mail address holds its place. Continue in the browser that joined first, or open the link in the mail to that address.';

/**
 * Notifies the mailbox that its address has joined again, with a link that makes the place the owner's. The join does
 * not wait for it, so the response time does not reveal whether an address is in line.
 */
export function notifyMailbox(
  deps: TicketDeps,
  room: Room,
  joined: { address: string; rival: number; email?: string | undefined; languages?: () => string[] },
): void {
  const { address, rival, email, languages = () => [] } = joined;
  if (!email || rival > MAX_MAILS) return;
  const now = deps.clock.now();
  const mail = {
    cause: `${room.id}:${room.epoch}:place:${address}:${rival}`,
    kind: 'place_joined' as const,
    address: email,
    locale: chooseLocale(languages(), LOCALES).locale,
    room_name: room.settings.name,
    resume_url: `${deps.config.publicUrl}/v1/rooms/${room.id}/place?proof=${signProof(deps, room, address)}`,
    stop_url: null,
    created_at: new Date(now),
    expires_at: new Date(now + MAX_AGE_MS),
  };
  queueTurnReminders(deps.sql, [mail]).catch((err: unknown) =>
    deps.log.warn({ err, room: room.id }, 'a mail about a second join with one address could not be stored'),
  );
}

/** @throws Problem place_taken while another ticket holds the place of the address */
export async function requirePlace(deps: TicketDeps, room: Room, ticket: Ticket): Promise<void> {
  if (room.settings.one_place_per !== 'email' || ticket.line) return;
  const { index, epoch } = ticket;
  if (await runPlaceClaim(deps.redis, { room: room.id, index, epoch })) return;
  throw new Problem('place_taken', { detail: PLACE_TAKEN });
}

/**
 * Moves the place of an address to this ticket, with the link of a mail to that address. The previous ticket ends: the
 * newest proof wins.
 * @returns false when the proof is not for this room and epoch, or the ticket did not join with this address
 */
export async function provePlace(
  deps: TicketDeps,
  room: Room,
  ticket: Ticket,
  proof: string,
): Promise<boolean> {
  const address = addressOfProof(deps, room, proof);
  if (address === null || ticket.line) return false;
  const { index, epoch } = ticket;
  const proved = await runProvePlace(deps.redis, { room: room.id, index, epoch }, address);
  if (!proved) return false;
  if (proved.before !== null) await endBefore(deps, room, { ...ticket, index: proved.before });
  return true;
}

/** It may already have ended. */
async function endBefore(deps: TicketDeps, room: Room, ticket: Ticket): Promise<void> {
  await leave(deps, room, ticket).catch((error: unknown) => {
    if (!(error instanceof Problem && error.code === 'ticket_expired')) throw error;
  });
}

/** The hashed address of a proof; null for a proof of another room or epoch, or a forged one. */
export function addressOfProof(deps: TicketDeps, room: Room, proof: string): string | null {
  const [, epoch, address, given] = PROOF.exec(proof) ?? [];
  if (!epoch || !address || !given || Number.parseInt(epoch, 36) !== room.epoch) return null;
  // As text: several last characters decode to the same bytes.
  const ours = Buffer.from(macOf(deps, room, address).toString('base64url'));
  const isOurs = timingSafeEqual(ours, Buffer.from(given));
  return isOurs ? address : null;
}

const signProof = (deps: TicketDeps, room: Room, address: string) =>
  `plc_${room.epoch.toString(36)}.${address}.${macOf(deps, room, address).toString('base64url')}`;

function macOf(deps: TicketDeps, room: Room, address: string): Buffer {
  const mac = createHmac('sha256', deps.config.bindingSecret);
  return mac.update(`place-proof|${room.id}|${room.epoch}|${address}`).digest().subarray(0, 16);
}
