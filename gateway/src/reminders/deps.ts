import type { RoomDirectory } from '../rooms/directory.ts';
import type { TicketDeps } from '../tickets/deps.ts';
import type { ReminderSecrets } from './secrets.ts';

/** The dependencies of reminders by mail. */
export type ReminderDeps = TicketDeps & {
  rooms: Pick<RoomDirectory, 'all' | 'has'>;
  reminders: ReminderSecrets;
  config: {
    /** Whether mails can go to addresses that are not ASCII; default: no. */
    smtpUtf8?: boolean;
  };
};
