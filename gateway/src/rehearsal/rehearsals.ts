import { setTimeout as delay } from 'node:timers/promises';
import { appendAudit } from '@shopfast/db/audit';
import { type Author, auditEntry } from '@shopfast/kit/admin/author';
import { Problem } from '@shopfast/kit/errors';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { createCrowd } from './crowd.ts';
import type { RehearsalDeps } from './deps.ts';

/** Limits of a synthetic crowd: concurrent actions, times rounds a second; about 1,000 Redis calls a second at most. */
const ACTIONS_AT_ONCE = 50;
const ROUND_MS = 50;
const CROWDS_AT_ONCE = 3;

export type Rehearsals = {
  /**
   * Sends a synthetic crowd through a rehearsal room, from within this process. It ends by itself.
   * @returns when it will end, ms
   * @throws Problem room_unknown, state_conflict
   */
  start(room: string, plan: { shoppers: number; seconds: number }, author: Author): Promise<number>;
  /** Ends it now; the places of the crowd are given back. */
  stop(room: string): Promise<void>;
};

export function createRehearsals(deps: RehearsalDeps, lifecycle: Lifecycle): Rehearsals {
  const running = new Map<string, { stop: AbortController; ended: Promise<void> }>();
  let closing = false;

  async function run(room: string, plan: { shoppers: number; seconds: number }, stop: AbortSignal) {
    const endsAt = deps.clock.now() + plan.seconds * 1_000;
    const crowd = createCrowd(deps, room, {
      shoppers: plan.shoppers,
      arriveWithinMs: plan.seconds * 600,
    });
    const mayContinue = () =>
      !stop.aborted && crowd.size > 0 && deps.clock.now() < endsAt && isRehearsing(deps, room);
    while (mayContinue()) {
      await crowd.act(ACTIONS_AT_ONCE);
      await delay(ROUND_MS, undefined, { signal: stop }).catch(() => {});
    }
    // At a shutdown nothing is cleaned up: the tickets expire by themselves.
    while (!closing && isRehearsing(deps, room) && (await crowd.sendHome(ACTIONS_AT_ONCE)) > 0);
  }

  lifecycle.onClose('rehearsals', async () => {
    closing = true;
    for (const { stop } of running.values()) stop.abort();
    await Promise.all([...running.values()].map(({ ended }) => ended));
  });

  return {
    start: async (id, plan, author) => {
      const room = deps.rooms.get(id);
      if (!room.settings.rehearsal)
        throw new Problem('state_conflict', {
          detail: 'Only a room with rehearsal: true accepts a synthetic crowd.',
        });
      if (!['lobby', 'open', 'paused'].includes(room.state))
        throw new Problem('state_conflict', { detail: `The room is ${room.state}; open it first.` });
      if (closing || running.has(id) || running.size >= CROWDS_AT_ONCE)
        throw new Problem('state_conflict', {
          detail: 'A rehearsal is already running; stop it or wait for its end.',
        });
      const stop = new AbortController();
      const ended = run(id, plan, stop.signal)
        .catch((err: unknown) => deps.log.warn({ err, room: id }, 'a rehearsal ended early'))
        .finally(() => running.delete(id));
      running.set(id, { stop, ended });
      const entry = auditEntry(author, deps.clock.now(), {
        action: 'room.rehearse',
        target: id,
        after: plan,
      });
      await appendAudit(deps.sql, entry);
      return deps.clock.now() + plan.seconds * 1_000;
    },
    stop: async (id) => {
      deps.rooms.get(id);
      const rehearsal = running.get(id);
      rehearsal?.stop.abort();
      await rehearsal?.ended;
    },
  };
}

function isRehearsing(deps: RehearsalDeps, id: string): boolean {
  if (!deps.rooms.has(id)) return false;
  const room = deps.rooms.get(id);
  return room.settings.rehearsal && room.state !== 'scheduled' && room.state !== 'closed';
}
