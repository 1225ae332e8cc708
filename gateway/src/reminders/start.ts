import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { repeat } from '@shopfast/kit/repeat';
import { isIdle } from '../rooms/room.ts';
import { admits } from '../rooms/state-machine.ts';
import type { ReminderDeps } from './deps.ts';
import { remindDue } from './remind-due.ts';

/**
 * Checks for due reminders once a second, separately from the ticker, so that a hanging Postgres delays only mails. A
 * room whose node of a Cluster does not answer does not stop the rooms after it.
 */
export function startReminders(deps: ReminderDeps, lifecycle: Lifecycle): void {
  const round = async () => {
    const failures: unknown[] = [];
    for (const room of deps.rooms.all())
      if (admits(room.state) && !isIdle(room))
        await remindDue(deps, room).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  repeat(1_000, 'reminders', round, { log: deps.log, lifecycle });
}
