import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { repeat } from '@shopfast/kit/repeat';
import type { Gateway } from '../deps.ts';
import { admits } from '../rooms/state-machine.ts';
import { remindDue } from './remind-due.ts';

/** Checks for due reminders once a second, separately from the ticker, so that a hanging Postgres delays only mails. */
export function startReminders(gateway: Gateway, lifecycle: Lifecycle): void {
  const round = async () => {
    for (const room of gateway.rooms.all()) if (admits(room.state)) await remindDue(gateway, room);
  };
  repeat(1_000, 'reminders', round, { log: gateway.log, lifecycle });
}
