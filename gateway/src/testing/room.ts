import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { tick } from '../admission/tick.ts';
import type { DrawVersion } from '../lottery/draw.ts';
import { drawTable } from '../lottery/table.ts';
import { runClaim, type TokenOffer } from '../lua/claim.ts';
import { type RoomInRedis, runConfigure } from '../lua/configure.ts';
import { runHeartbeat } from '../lua/heartbeat.ts';
import { runJoin } from '../lua/join.ts';
import { type CodeToCount, runJoinWithCode } from '../lua/join-with-code.ts';
import { type Line, roomKeys } from '../lua/keys.ts';
import { runLeave } from '../lua/leave.ts';
import { runRelease } from '../lua/release.ts';
import { runRevoke } from '../lua/revoke.ts';
import { defineScripts, type ScriptParts } from '../lua/scripts.ts';
import { runStock } from '../lua/stock.ts';
import { type CallLog, knownCallsOf } from '../rooms/call-log.ts';
import { type HighWaterMarks, NO_HIGH_WATER_MARKS } from '../rooms/high-water-marks.ts';

/** A clock for the scripts that only the test moves; every room has its own. */
const MOVABLE_CLOCK: ScriptParts = {
  'clock.part': `local now_ms = tonumber(redis.call('GET', string.match(KEYS[1], '^(.*}):') .. ':test-clock'))`,
};

export type TestRoomSettings = {
  rate: number;
  maxActive: number;
  claimMs: number;
  abandonMs: number;
  stockFactor: number;
  pollBudgetRps: number;
  /** Makes the room a lottery, drawn when it opens. */
  lotterySeed: string;
  lotteryVersion: DrawVersion;
  /** In thousandths. */
  priorityShare: number;
};

const DEFAULTS: TestRoomSettings = {
  rate: 600,
  maxActive: 500,
  claimMs: 60_000,
  abandonMs: 120_000,
  stockFactor: 3,
  pollBudgetRps: 2_000,
  lotterySeed: '',
  lotteryVersion: 2,
  priorityShare: 250,
};

export type TestRoom = Awaited<ReturnType<typeof openTestRoom>>;

/**
 * A separate open room in a real Redis, driven through the real scripts, with a movable clock.
 * @param parts replaces scripts by other texts: for negative controls
 */
export async function openTestRoom(
  url: string,
  given: Partial<TestRoomSettings> & { state?: string } = {},
  parts: ScriptParts = {},
) {
  const { state: firstState = 'open', ...rest } = given;
  const settings = { ...DEFAULTS, ...rest };
  const redis = defineScripts(new Redis(url), { ...MOVABLE_CLOCK, ...parts });
  const id = `t-${randomUUID()}`;
  const keys = roomKeys(id);
  const clockKey = `wr:{${id}}:test-clock`;
  let now = 1_800_000_000_000;
  let version = 0;
  await redis.set(clockKey, now);

  const marks = { issued: 0, serving: 0, margin: 0, priority: { issued: 0, serving: 0 } };
  let callLog: CallLog | null = null;
  let seen: CallLog | null = null;

  const configure = async (changes: Partial<TestRoomSettings> & { state?: string } = {}) => {
    const { state = 'open', ...rest } = changes;
    Object.assign(settings, rest);
    version += 1;
    const { lotterySeed: seed, lotteryVersion } = settings;
    const inRedis: RoomInRedis = {
      version,
      epoch: 1,
      state,
      admissionsPerMinute: settings.rate,
      maxActive: settings.maxActive,
      claimMs: settings.claimMs,
      abandonMs: settings.abandonMs,
      stockFactor: settings.stockFactor,
      pollBudgetRps: settings.pollBudgetRps,
      queueingMethod: 'fifo',
      priorityShare: settings.priorityShare,
      marks,
      remaining: null,
      held: null,
      sold: null,
      stockVersion: null,
      lottery: seed === '' ? null : { version: lotteryVersion, seed },
      lotterySize: null,
      calls: callLog && knownCallsOf(callLog, 100),
    };
    let reply = await runConfigure(redis, id, inRedis);
    while (reply.outcome === 'needs_words')
      reply = await runConfigure(redis, id, inRedis, drawTable(seed, reply.size));
    return reply;
  };
  // Created before it opens, as every room is, so that it has made no calls.
  await configure({ state: 'lobby' });
  if (firstState !== 'lobby') await configure({ state: firstState });

  return {
    id,
    keys,
    redis,
    settings,
    configure,
    now: () => now,
    advance: async (ms: number) => {
      now += ms;
      await redis.set(clockKey, now);
    },
    /** @returns the index */
    join: async (operation: string = randomUUID(), highWaterMarks = NO_HIGH_WATER_MARKS) => {
      const [reply] = await runJoin(redis, id, [operation], highWaterMarks, 0);
      if (reply?.outcome !== 'joined') throw new Error(`nobody can join: ${reply?.outcome}`);
      return reply.index;
    },
    /** @returns the index. @throws naming the outcome when there is none */
    redeem: async (
      line: Line = 'priority',
      code: Partial<CodeToCount> = {},
      operation: string = randomUUID(),
      highWaterMarks = NO_HIGH_WATER_MARKS,
    ) => {
      const whole = { id: randomUUID(), uses: 1, endsMs: null, ...code };
      const joins = [{ operation, code: whole }];
      const [reply] = await runJoinWithCode(redis, { room: id, line }, joins, highWaterMarks, 0);
      if (reply?.outcome !== 'joined') throw new Error(`no place: ${reply?.outcome}`);
      return reply.index;
    },
    heartbeat: async (index: number, line: Line = 'ordinary') => {
      const [reply] = await runHeartbeat(redis, { room: id, line }, [{ index, epoch: 1 }]);
      if (!reply) throw new Error('a heartbeat has a reply');
      return reply;
    },
    /** @param offer a signed token; absent: asks whether the ticket may claim */
    claim: (index: number, offer?: TokenOffer, line: Line = 'ordinary') => {
      const ticket = { room: id, index, epoch: 1, ...(line === 'priority' ? { line } : {}) };
      return runClaim(redis, ticket, offer);
    },
    leave: (index: number, line: Line = 'ordinary', revokedJti?: string) =>
      runLeave(redis, { room: id, line, index, epoch: 1 }, revokedJti),
    revoke: (number: number, revokedJti?: string) => runRevoke(redis, { room: id, number }, revokedJti),
    release: (jti: string) => runRelease(redis, { room: id, jti }, 'completed'),
    stock: (remaining: number, held = 0, sold = 0, stockVersion: number | null = null) =>
      runStock(redis, id, { remaining, held, sold, version: stockVersion }),
    /** Steps like a gateway that knows the log of calls; by default it knows nothing else. */
    tick: async (byHand = 0, given?: HighWaterMarks) => {
      const highWaterMarks =
        given ?? (seen ? { ...NO_HIGH_WATER_MARKS, epoch: 1, callLog: seen } : NO_HIGH_WATER_MARKS);
      const result = await tick(redis, id, { spacingMs: 90, byHand, highWaterMarks });
      if (!result) throw new Error('the room does not exist');
      seen = result.callLog;
      return result;
    },
    /** The log of calls as the last tick saw it; before any tick, a log without calls until now. */
    callLog: (): CallLog =>
      seen ?? {
        ...{ id: now, entries: [], points: [{ at: now - 1, serving: 0, priority: 0 }] },
        ...{ steadyAt: now, redisAt: now, askedAt: performance.now() },
      },
    /** Redis loses the room; a gateway creates it again from its high-water marks. */
    loseAndRestore: async ({
      callLog: known = null,
      ...highWaterMarks
    }: Partial<typeof marks> & { callLog?: CallLog | null }) => {
      const own = await redis.keys(`wr:{${id}}:*`);
      await redis.unlink(own.filter((key) => key !== clockKey));
      Object.assign(marks, highWaterMarks);
      callLog = known;
      seen = null;
      await configure();
    },
    /** Indexes of a line that are called or admitted now, in order. */
    called: async (line: Line = 'ordinary') =>
      (await redis.hkeys(keys.called))
        .filter((member) => member.startsWith('P') === (line === 'priority'))
        .map((member) => Number(member.replace('P', '')))
        .sort((a, b) => a - b),
    close: async () => {
      const own = await redis.keys(`wr:{${id}}:*`);
      if (own.length > 0) await redis.unlink(own);
      await redis.quit();
    },
  };
}
