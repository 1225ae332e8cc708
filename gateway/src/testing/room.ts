import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { tick } from '../admission/tick.ts';
import type { DrawVersion } from '../lottery/draw.ts';
import { drawTable } from '../lottery/table.ts';
import { keysOfLine, type Line, roomKeys } from '../lua/keys.ts';
import { defineScripts, type ScriptParts } from '../lua/scripts.ts';
import { type CallLog, callArguments } from '../rooms/call-log.ts';
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

/** A code as `join-with-code.lua` sees it. */
export type TestCode = { id: string; uses: number; endsMs: number };

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
    const isSecond = settings.lotteryVersion === 2 && settings.lotterySeed !== '';
    const send = (words: Buffer | '') =>
      redis.wrConfigure(
        keys.room,
        keys.draw,
        keys.calls,
        version,
        1,
        state,
        settings.rate,
        settings.maxActive,
        settings.claimMs,
        settings.abandonMs,
        settings.stockFactor,
        settings.pollBudgetRps,
        marks.issued,
        marks.serving,
        '',
        '',
        '',
        '',
        isSecond ? '' : settings.lotterySeed,
        '',
        marks.margin,
        'fifo',
        settings.priorityShare,
        marks.priority.issued,
        marks.priority.serving,
        isSecond ? 2 : '',
        words,
        ...callArguments(callLog, 100),
      );
    let answer = await send('');
    while (answer[0] === 4) answer = await send(drawTable(settings.lotterySeed, answer[1] as number));
    return answer;
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
    join: async (operation: string = randomUUID(), highWaterMarks = NO_HIGH_WATER_MARKS) => {
      const { epoch, issued, margin } = highWaterMarks;
      const answer = await redis.wrJoin(
        keys.room,
        keys.gaps,
        keys.joins(0),
        keys.seenPrefix,
        epoch,
        issued,
        margin,
        operation,
      );
      return answer[4] as number;
    },
    /** @returns the index, or -1 used up, -2 expired, 0 refused */
    redeem: async (
      line: Line = 'priority',
      code: Partial<TestCode> = {},
      operation: string = randomUUID(),
      highWaterMarks = NO_HIGH_WATER_MARKS,
    ) => {
      const { id: codeId, uses, endsMs } = { id: randomUUID(), uses: 1, endsMs: 0, ...code };
      const { name, gaps, seenPrefix } = keysOfLine(keys, line);
      const { epoch, issued, margin } = highWaterMarks;
      const answer = await redis.wrJoinWithCode(
        ...[keys.room, gaps, keys.joins(0), seenPrefix, keys.codes],
        ...[name, epoch, issued, margin],
        ...[operation, codeId, uses, endsMs],
      );
      return answer[0] === 1 ? (answer[4] as number) : 0;
    },
    /** Code (1 waiting, 2 called, below 0 ended), number, gaps ahead or record, serving, waiting. */
    heartbeat: async (index: number, line: Line = 'ordinary') => {
      const { name, gaps, seenPrefix } = keysOfLine(keys, line);
      const answer = await redis.wrHeartbeat(keys.room, gaps, keys.called, seenPrefix, name, index, 1);
      const [, serving, waiting, code, number, more] = answer;
      return [code, number, more, serving, waiting] as number[];
    },
    claim: (index: number | string, token = '', jti = '', expiresMs = 0) =>
      redis.wrClaim(keys.room, keys.called, keys.active, keys.tokens, index, 1, token, jti, expiresMs),
    leave: (index: number, line: Line = 'ordinary', revokedJti = '') => {
      const { name, gaps, seenPrefix } = keysOfLine(keys, line);
      return redis.wrLeave(
        ...[keys.room, gaps, keys.called, keys.active, keys.tokens, seenPrefix, keys.reminders],
        ...[index, 1, revokedJti, name],
      );
    },
    revoke: (number: number, revokedJti = '') =>
      redis.wrRevoke(
        keys.room,
        keys.gaps,
        keys.called,
        keys.active,
        keys.tokens,
        keys.ended,
        keys.seenPrefix,
        number,
        revokedJti,
      ),
    release: (jti: string) =>
      redis.wrRelease(keys.called, keys.active, keys.tokens, keys.ended, jti, 'completed'),
    stock: (remaining: number, held = 0, sold = 0, stockVersion: number | '' = '') =>
      redis.wrStock(keys.room, remaining, held, sold, stockVersion),
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
