import type { ReminderAnswer, ReminderRequest } from '@shopfast/kit/contracts/api';
import { type Answer, ask } from './ask.ts';
import type { ServerClock } from './server-clock.ts';

/** The calls for a turn reminder. The ticket is sent as an HttpOnly cookie. Repeated calls have no effect. */
export type ReminderCalls = {
  set(wish: ReminderRequest): Promise<Answer<ReminderAnswer>>;
  remove(): Promise<Answer<undefined>>;
};

export function reminderCalls(room: string, clock: ServerClock): ReminderCalls {
  const path = `/v1/rooms/${encodeURIComponent(room)}/tickets/me/reminder`;
  return {
    set: (wish) => ask(clock, path, { method: 'PUT', body: wish }),
    remove: () => ask(clock, path, { method: 'DELETE' }),
  };
}
