import { randomUUID } from 'node:crypto';
import type { RedisClient } from '@shopfast/kit/redis';
import { expect } from 'vitest';
import { runClaim } from '../lua/claim.ts';
import { type RoomInRedis, runConfigure } from '../lua/configure.ts';
import { runCountUses } from '../lua/count-uses.ts';
import { runDueReminders } from '../lua/due-reminders.ts';
import { runHeartbeat } from '../lua/heartbeat.ts';
import { runJoin } from '../lua/join.ts';
import { runJoinUniqueEmail } from '../lua/join-unique-email.ts';
import { runJoinWithCode } from '../lua/join-with-code.ts';
import { runLeave } from '../lua/leave.ts';
import { runMergeCalls } from '../lua/merge-calls.ts';
import { runPlaceClaim } from '../lua/place-claim.ts';
import { runProvePlace } from '../lua/prove-place.ts';
import { runRelease } from '../lua/release.ts';
import { runRemoveReminder } from '../lua/remove-reminder.ts';
import { runRevoke } from '../lua/revoke.ts';
import { ROOM_COMMANDS } from '../lua/scripts.ts';
import { runSetReminder } from '../lua/set-reminder.ts';
import { runSpend } from '../lua/spend.ts';
import { runStock } from '../lua/stock.ts';
import { runTick } from '../lua/tick.ts';
import { runWipe } from '../lua/wipe.ts';

const LINE = { issued: 0, serving: 0 };
const KNOWN = { epoch: 1, issued: 0, margin: 0 };

const SETTINGS: RoomInRedis = {
  ...{ version: 1, epoch: 1, state: 'open', admissionsPerMinute: 600, maxActive: 100, claimMs: 60_000 },
  ...{ abandonMs: 60_000, stockFactor: 3, pollBudgetRps: 2_000, queueingMethod: 'fifo', priorityShare: 250 },
  marks: { ...LINE, margin: 0, priority: LINE },
  ...{ remaining: null, held: null, sold: null, stockVersion: null },
  ...{ lottery: null, lotterySize: null, calls: null },
};

/**
 * The life of a new room, in which every room command does something. A command that the server refuses, or that finds
 * nothing to do, fails the test; so does a command that this life leaves out.
 */
export async function runEveryScript(client: RedisClient, room: string): Promise<void> {
  const { redis, used } = record(client);
  const now = Date.now();
  const ticket = (index: number) => ({ room, index, epoch: 1, line: 'ordinary' as const });

  expect(await runConfigure(redis, room, SETTINGS)).toMatchObject({ outcome: 'created' });
  expect(await runStock(redis, room, { remaining: 50, held: 0, sold: 0, version: null })).toBe('stored');
  const joins = await runJoin(redis, room, ['one', 'two', 'three'], KNOWN, now);
  expect(joins.map(({ outcome }) => outcome)).toEqual(['joined', 'joined', 'joined']);
  const byEmail = await runJoinUniqueEmail(redis, room, { operation: 'four', address: 'hash' }, KNOWN, now);
  expect(byEmail).toMatchObject({ outcome: 'joined', index: 4, rival: 0 });
  const code = { id: 'code', uses: 5, endsMs: null };
  for (const line of ['ordinary', 'priority'] as const) {
    const wanted = [{ operation: line, code }];
    expect(await runJoinWithCode(redis, { room, line }, wanted, KNOWN, now)).toMatchObject([
      { outcome: 'joined' },
    ]);
  }
  expect(await runCountUses(redis, { room, epoch: 1 }, [['code', 3]])).toBe(true);
  const [heard] = await runHeartbeat(redis, { room, line: 'ordinary' }, [{ index: 1, epoch: 1 }]);
  expect(heard).toMatchObject({ status: 'waiting', number: 1 });

  const reminder = { distance: 'a100', mailbox: 'mailbox', mailsPerMailbox: 3, sealed: 'mail' } as const;
  expect(await runSetReminder(redis, ticket(3), reminder)).toMatchObject({ outcome: 'set' });
  const lease = { leaseMs: 30_000, limit: 10, mailsPerMailbox: 3, acknowledged: [], distances: [] };
  const distances = [['a100', 100]] as const;
  expect(await runDueReminders(redis, ticket(3), { ...lease, distances })).toHaveLength(1);
  expect(await runRemoveReminder(redis, ticket(3))).toBe(true);

  expect(await runPlaceClaim(redis, ticket(4))).toBe(true);
  expect(await runProvePlace(redis, ticket(4), 'hash')).toEqual({ before: null });
  const proof = { id: randomUUID(), operation: 'proof', endsMs: now + 60_000, epoch: 1 };
  expect(await runSpend(redis, room, proof)).toBe('spent');

  const known = { ...KNOWN, ...LINE, priority: LINE };
  const tick = await runTick(redis, room, { spacingMs: 0, byHand: 2, maxChecked: 100, known, log: null });
  if (tick.outcome !== 'done') throw new Error(`no tick: ${tick.outcome}`);
  expect(tick.calledNow).toBe(2);
  const log = { id: tick.log.id, steadyAt: tick.log.steadyAt, entries: tick.log.entries };
  expect(await runMergeCalls(redis, { room, epoch: 1 }, log)).toBe(0);
  const offer = { token: 'token', jti: randomUUID(), expiresMs: now + 60_000 };
  expect(await runClaim(redis, { room, index: 1, epoch: 1 })).toMatchObject({ outcome: 'may_claim' });
  expect(await runClaim(redis, { room, index: 1, epoch: 1 }, offer)).toMatchObject({ outcome: 'claimed' });
  expect(await runRelease(redis, { room, jti: offer.jti }, 'completed')).toBe(true);
  expect(await runLeave(redis, ticket(2))).toMatchObject({ outcome: 'left' });
  expect(await runRevoke(redis, { room, number: 3 })).toMatchObject({ outcome: 'revoked' });
  expect(await runWipe(redis, { room, lastEpoch: 1 }, now)).toBeGreaterThan(5);

  expect([...used].sort()).toEqual([...ROOM_COMMANDS].sort());
}

/** The same client, and which room commands were called. */
function record(client: RedisClient): { redis: RedisClient; used: Set<string> } {
  const used = new Set<string>();
  const redis = new Proxy(client, {
    get: (target, name) => {
      if (typeof name === 'string' && name.startsWith('wr')) used.add(name);
      return Reflect.get(target, name, target);
    },
  });
  return { redis, used };
}
