import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { mailboxOf } from '@shopfast/kit/mailbox';
import { createSealer } from '@shopfast/kit/sealer';
import type { Ticket } from '../tickets/ticket.ts';

/** The data for the mail of a reminder. In Redis it is encrypted for gateways. */
export type ReminderContents = { email: string; locale: string | null; ticket: string };

/** The reminder that an unsubscribe link removes, and the mailbox that unsubscribes. */
export type StopLink = Pick<Ticket, 'room' | 'epoch' | 'index' | 'line'> & { mailbox: string };

export type ReminderSecrets = {
  seal(contents: ReminderContents): string;
  /** Null when it was sealed with another secret. */
  open(sealed: string): ReminderContents | null;
  /** A keyed hash of the mailbox behind an address, different in each epoch of each room. */
  mailbox(room: string, epoch: number, email: string): string;
  /** `rem_{epoch}.{index}.{mailbox}.{mac}`: it is in a mail's headers, and allows only the removal. */
  signStop(link: StopLink): string;
  verifyStop(room: string, text: string): StopLink | null;
};

const STOP = /^rem_(([0-9a-z]{1,8})\.(P?)([0-9a-z]{1,10})\.([\w-]{22}))\.([\w-]{22})$/;

/**
 * @param ticketSecrets keys derived from them; the first signs, all are accepted
 * @param encryptionSecret encrypts the addresses
 */
export function createReminderSecrets(
  ticketSecrets: readonly string[],
  encryptionSecret: string,
): ReminderSecrets {
  const sealer = createSealer(encryptionSecret, 'shopfast reminders');
  const keys = ticketSecrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', 'shopfast reminder', 32)),
  );
  const [signing] = keys;
  if (!signing) throw new Error('reminders need at least one ticket secret');
  const mac = (text: string, key: Buffer) => createHmac('sha256', key).update(text).digest().subarray(0, 16);

  return {
    seal: (contents) => sealer.encrypt(JSON.stringify(contents)),
    open: (sealed) => {
      try {
        const contents: ReminderContents = JSON.parse(sealer.decrypt(sealed));
        return contents;
      } catch {
        return null;
      }
    },
    mailbox: (room, epoch, email) =>
      mac(`mailbox|${room}|${epoch}|${mailboxOf(email)}`, signing).toString('base64url'),
    signStop: ({ room, epoch, index, line, mailbox }) => {
      const body = `${epoch.toString(36)}.${line ? 'P' : ''}${index.toString(36)}.${mailbox}`;
      return `rem_${body}.${mac(`stop|${room}|${body}`, signing).toString('base64url')}`;
    },
    verifyStop: (room, text) => {
      const parts = STOP.exec(text);
      if (!parts) return null;
      const [, body = '', epoch = '', letter, index = '', mailbox = '', given = ''] = parts;
      // As text: several last characters decode to the same bytes, and a link has one text.
      const presented = Buffer.from(given);
      const ours = (key: Buffer) => Buffer.from(mac(`stop|${room}|${body}`, key).toString('base64url'));
      if (!keys.some((key) => timingSafeEqual(ours(key), presented))) return null;
      return {
        room,
        epoch: Number.parseInt(epoch, 36),
        index: Number.parseInt(index, 36),
        ...(letter === 'P' ? { line: 'priority' as const } : {}),
        mailbox,
      };
    },
  };
}
