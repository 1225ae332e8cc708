import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { type CallEntry, entryOf } from './call-entries.ts';
import { roomKeys } from './keys.ts';
import type { Argument, Script } from './script.ts';

/** Defines `tick.lua`. */
export const TICK: Script = { name: 'tick', numberOfKeys: 11 };

type Reply =
  | [code: 0 | 2]
  | [
      code: 1,
      calledNow: number,
      state: string,
      version: number,
      epoch: number,
      serving: number,
      waiting: number,
      active: number,
      rate: number,
      remaining: number,
      held: number,
      sold: number,
      issued: number,
      callsInLastMinute: number,
      at: number,
      madeAt: number,
      joined: number,
      called: number,
      dropped: number,
      priorityIssued: number,
      priorityServing: number,
      priorityWaiting: number,
      priorityCalled: number,
      logId: number,
      steadyAt: number,
      servingBefore: number,
      priorityBefore: number,
      ...entries: string[],
    ];

/** The index of the first entry of the log in a reply. */
const FIRST_ENTRY = 27;

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrTick(...args: Argument[]): Result<Reply, Context>;
  }
}

/** What a gateway knows of a line: the highest index, and the highest number called. */
type KnownLine = { issued: number; serving: number };

export type TickArguments = {
  /** The least time between two automatic steps, ms. */
  spacingMs: number;
  /** Tickets to admit by hand; 0: an automatic step. */
  byHand: number;
  /** The most tickets that one step looks at, skipped or swept. */
  maxChecked: number;
  /** The gateway's high-water marks. */
  known: KnownLine & { epoch: number; margin: number; priority: KnownLine };
  /** Id and latest call of the log of calls, as the gateway knows them; null: it knows none. */
  log: { id: number; latest: number } | null;
};

/** What one step saw and did. Times in ms of Redis's clock; `joined`, `called`, `dropped` count since `madeAt`. */
export type TickReply = {
  outcome: 'done';
  calledNow: number;
  version: number;
  epoch: number;
  serving: number;
  waiting: number;
  active: number;
  /** Null before the first stock signal. */
  remaining: number | null;
  held: number | null;
  sold: number | null;
  issued: number;
  callsInLastMinute: number;
  at: number;
  madeAt: number;
  joined: number;
  called: number;
  dropped: number;
  priority: { issued: number; serving: number; waiting: number; called: number };
  /** `entries`: those that the gateway does not know, oldest first, by the steady clock. */
  log: { id: number; steadyAt: number; entries: CallEntry[] };
  /** How far the lines were before the step. */
  before: { serving: number; priority: number };
};

/** One admission step. `log_is_behind`: Redis has lost calls that the gateway knows. See `tick.lua`. */
export async function runTick(
  redis: RedisClient,
  room: string,
  { spacingMs, byHand, maxChecked, known, log }: TickArguments,
): Promise<TickReply | { outcome: 'room_unknown' } | { outcome: 'log_is_behind' }> {
  const keys = roomKeys(room);
  const reply = await redis.wrTick(
    keys.room,
    keys.gaps,
    keys.called,
    keys.active,
    keys.tokens,
    keys.calls,
    keys.ended,
    keys.seenPrefix,
    keys.priorityGaps,
    keys.prioritySeenPrefix,
    keys.reminders,
    spacingMs,
    byHand,
    maxChecked,
    known.epoch,
    known.issued,
    known.serving,
    known.margin,
    known.priority.issued,
    known.priority.serving,
    log?.id ?? -1,
    log?.latest ?? -1,
  );
  if (reply[0] !== 1) return { outcome: reply[0] === 0 ? 'room_unknown' : 'log_is_behind' };
  const [
    ,
    calledNow,
    ,
    version,
    epoch,
    serving,
    waiting,
    active,
    ,
    remaining,
    held,
    sold,
    issued,
    callsInLastMinute,
    at,
    madeAt,
    joined,
    called,
    dropped,
    priorityIssued,
    priorityServing,
    priorityWaiting,
    priorityCalled,
    logId,
    steadyAt,
    servingBefore,
    priorityBefore,
  ] = reply;
  return {
    outcome: 'done',
    calledNow,
    version,
    epoch,
    serving,
    waiting,
    active,
    remaining: figureOrNull(remaining),
    held: figureOrNull(held),
    sold: figureOrNull(sold),
    issued,
    callsInLastMinute,
    at,
    madeAt,
    joined,
    called,
    dropped,
    priority: {
      issued: priorityIssued,
      serving: priorityServing,
      waiting: priorityWaiting,
      called: priorityCalled,
    },
    log: { id: logId, steadyAt, entries: readEntries(reply.slice(FIRST_ENTRY)) },
    before: { serving: servingBefore, priority: priorityBefore },
  };
}

/** The script returns the latest first. */
function readEntries(texts: readonly (string | number)[]): CallEntry[] {
  return texts.map((text) => entryOf(String(text))).reverse();
}

const figureOrNull = (figure: number): number | null => (figure < 0 ? null : figure);
