import { setTimeout as wait } from 'node:timers/promises';
import { roomList } from '@shopfast/kit/contracts/rooms';
import { joinMany } from '@shopfast/sandbox/shopper/many';
import { createShopper } from '@shopfast/sandbox/shopper/shopper';
import type { Transport } from '@shopfast/sandbox/shopper/transport';
import { operate, type Target } from './target.ts';

const HOUR_MS = 3_600_000;
const AT_ONCE = 20;
/** The simulated shoppers do not poll, so their places last a day. */
const PATIENT = { abandon_after_seconds: 86_400 };
/** The first is called and holds the one slot; everybody else waits. */
const SLOW = { ...PATIENT, admissions_per_minute: 1, max_active: 1, claim_seconds: 3_600 };

const LONG = { ...PATIENT, admissions_per_minute: 6 };

/** The room whose product is bought, and which has a history. */
export const SALE_ROOM = 'seed-open';

export type RoomPlan = {
  id: string;
  name: string;
  settings: object;
  /** From `scheduled` on, in this order; `lobby`: wait until the lobby is open; a number: so many shoppers join. */
  steps: Array<'open' | 'pause' | 'drain' | 'close' | 'lobby' | 'sell out' | 'rehearse' | number>;
  /** Shown at the end. */
  state: string;
};

/** @param line the number of shoppers in the longest line */
export function plannedRooms(line: number, now = Date.now()): RoomPlan[] {
  const at = (ms: number) => new Date(now + ms).toISOString();
  const gathering = { ...SLOW, lobby_opens_at: at(0), opens_at: at(HOUR_MS) };
  const lottery = { ...gathering, queueing_method: 'lottery' };
  const tomorrow = { lobby_opens_at: at(23 * HOUR_MS), opens_at: at(24 * HOUR_MS) };
  const counting = { ...SLOW, message: 'We are counting the boxes. Your place is safe.' };
  const rehearsal = { rehearsal: true, admissions_per_minute: 30 };
  const plans: RoomPlan[] = [
    { id: 'scheduled', state: 'scheduled', name: 'Opens tomorrow', settings: tomorrow, steps: [] },
    { id: 'lobby', state: 'lobby', name: 'Opens in an hour', settings: gathering, steps: ['lobby', 40] },
    { id: 'lottery', state: 'lobby', name: 'Draws in an hour', settings: lottery, steps: ['lobby', 200] },
    { id: 'drawn', state: 'open', name: 'Has drawn', settings: lottery, steps: ['lobby', 60, 'open'] },
    { id: 'open', state: 'open', name: 'Open', settings: { max_active: 200 }, steps: ['open'] },
    { id: 'line', state: 'open', name: 'A long line', settings: LONG, steps: ['open', line] },
    { id: 'paused', state: 'paused', name: 'Paused', settings: counting, steps: ['open', 25, 'pause'] },
    { id: 'draining', state: 'draining', name: 'Draining', settings: SLOW, steps: ['open', 25, 'drain'] },
    { id: 'sold-out', state: 'sold_out', name: 'Sold out', settings: SLOW, steps: ['open', 25, 'sell out'] },
    { id: 'closed', state: 'closed', name: 'Closed', settings: {}, steps: ['open', 'close'] },
    { id: 'rehearsal', state: 'open', name: 'A rehearsal', settings: rehearsal, steps: ['open', 'rehearse'] },
  ];
  return plans.map((plan) => ({ ...plan, id: `seed-${plan.id}` }));
}

/** Deletes the rooms of an earlier run. */
export async function deleteSeededRooms(target: Target): Promise<void> {
  const { document } = await operate(target, 'GET', '/rooms');
  for (const { id } of roomList.parse(document).rooms)
    if (id.startsWith('seed-')) await operate(target, 'DELETE', `/rooms/${id}?force=true`, { accept: [404] });
}

/** Creates one room with its shoppers and brings it into its state. */
export async function makeRoom(target: Target, send: Transport, plan: RoomPlan): Promise<void> {
  const { id, name, settings, steps } = plan;
  await operate(target, 'POST', '/rooms', { body: { id, name, ...settings } });
  for (const step of steps) {
    if (typeof step === 'number') await joinMany(createShopper({ room: id, send }), step, AT_ONCE);
    else if (step === 'lobby') await untilShown(target, id, 'lobby');
    else if (step === 'sell out')
      await operate(target, 'PUT', `/rooms/${id}/remaining`, { body: { remaining: 0, held: 0, sold: 50 } });
    else if (step === 'rehearse')
      await operate(target, 'POST', `/rooms/${id}/rehearse`, { body: { shoppers: 100, seconds: 3_600 } });
    else await operate(target, 'POST', `/rooms/${id}/${step}`);
  }
}

/** What a room shows to operators; draining is an open room to everybody else. */
export async function shownState(target: Target, id: string): Promise<string> {
  const { document } = await operate(target, 'GET', `/rooms/${id}`);
  return document.draining === true ? 'draining' : String(document.state);
}

export async function untilShown(target: Target, id: string, state: string): Promise<void> {
  for (let shown = ''; shown !== state; await wait(100)) shown = await shownState(target, id);
}
