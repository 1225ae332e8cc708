import { timingSafeEqual } from 'node:crypto';
import { createMac } from './mac.ts';

/** A shopper's place in a room, as encoded in its secret. */
export type Ticket = {
  room: string;
  /** Counts the room's resets; a ticket of an earlier epoch has ended. */
  epoch: number;
  /** Arrival index, from 1. */
  index: number;
  /** Absent: the ordinary line. */
  line?: 'priority';
  /** Random id; also the operation id of its join. */
  id: string;
  /** When it was given, Unix seconds of Redis's clock. */
  joinedAt: number;
  /** The middle of the estimated wait at the join, seconds; 0: no estimate. */
  estimatedSeconds: number;
};

/**
 * Signs and checks tickets: `tkt_{room}.{epoch}.{index}.{id}.{joined}.{estimate}.{mac}` (a "P" before the index marks the
 * priority line). The mac is HMAC-SHA-256, base64url, cut to 22 characters (132 bits). Signed, so that a place survives
 * a loss of Redis. HMAC and not a JWT, because a ticket is checked at every heartbeat (3 µs instead of 300 µs).
 */
export type TicketSigner = {
  sign(ticket: Ticket): string;
  /** The ticket, or null when it is malformed or its signature is not ours. */
  verify(secret: string): Ticket | null;
};

const TICKET =
  /^tkt_(([a-z0-9-]{1,48})\.([0-9a-z]{1,8})\.(P?)([0-9a-z]{1,10})\.([\w-]{12})\.([0-9a-z]{1,8})\.([0-9a-z]{1,8}))\.([\w-]{22})$/;

const MAC_LENGTH = 22;

export function createTicketSigner(secrets: readonly string[]): TicketSigner {
  const [signing, ...older] = secrets;
  if (!signing) throw new Error('a ticket signer needs at least one secret');
  const mac = createMac(signing);
  const macs = [mac, ...older.map(createMac)];

  return {
    sign: ({ room, epoch, index, id, joinedAt, estimatedSeconds, line }) => {
      const place = `${room}.${epoch.toString(36)}.${line ? 'P' : ''}${index.toString(36)}`;
      const body = `${place}.${id}.${joinedAt.toString(36)}.${estimatedSeconds.toString(36)}`;
      return `tkt_${body}.${mac(body).slice(0, MAC_LENGTH)}`;
    },
    verify: (text) => {
      const parts = TICKET.exec(text);
      if (!parts) return null;
      const [, body = '', room = '', epoch = '', letter, index = '', id = '', ...rest] = parts;
      const [joinedAt = '', estimatedSeconds = '', given = ''] = rest;
      const presented = Buffer.from(given);
      const ours = macs.some((of) => timingSafeEqual(Buffer.from(of(body).slice(0, MAC_LENGTH)), presented));
      if (!ours) return null;
      const ticket: Ticket = {
        room,
        epoch: Number.parseInt(epoch, 36),
        index: Number.parseInt(index, 36),
        id,
        joinedAt: Number.parseInt(joinedAt, 36),
        estimatedSeconds: Number.parseInt(estimatedSeconds, 36),
      };
      if (letter === 'P') ticket.line = 'priority';
      return ticket;
    },
  };
}
