import { batchPerRoom } from '@shopfast/kit/batch';
import type { RedisClient } from '@shopfast/kit/redis';
import { type HeartbeatReply, runHeartbeat } from '../lua/heartbeat.ts';
import { type JoinReply, runJoin } from '../lua/join.ts';
import { type JoinUniqueEmailReply, runJoinUniqueEmail } from '../lua/join-unique-email.ts';
import { type CodeToCount, type JoinWithCodeReply, runJoinWithCode } from '../lua/join-with-code.ts';
import type { Line } from '../lua/keys.ts';
import { highWaterMarksOf } from '../rooms/high-water-marks.ts';
import type { Room } from '../rooms/room.ts';

/** The Redis commands of the hot path. Each is sent once for all requests in the same turn of the event loop. */
export type TicketCommands = {
  join(room: Room, operation: string, nowMs: number): Promise<JoinReply>;
  /** A join in a room with one place per address; sent separately. */
  joinUniqueEmail(
    room: Room,
    operation: string,
    nowMs: number,
    address: string,
  ): Promise<JoinUniqueEmailReply>;
  /** The same with a code, which counts one use of it. */
  joinWithCode(
    room: Room,
    line: Line,
    code: CodeToCount,
    operation: string,
    nowMs: number,
  ): Promise<JoinWithCodeReply>;
  heartbeat(room: string, index: number, epoch: number, line?: 'priority'): Promise<HeartbeatReply>;
};

type WantedJoin = { room: Room; operation: string; nowMs: number };
type WantedJoinWithCode = WantedJoin & { code: CodeToCount };

export function createTicketCommands(redis: RedisClient): TicketCommands {
  const joins = batchPerRoom<WantedJoin, JoinReply>(async (id, wanted) => {
    const { room, nowMs } = firstOf(wanted);
    const operations = wanted.map(({ operation }) => operation);
    const replies = await runJoin(redis, id, operations, highWaterMarksOf(room), nowMs);
    for (const reply of replies) noteJoined(room, 'ordinary', reply);
    return replies;
  });
  const joinsWithCode = (line: Line) =>
    batchPerRoom<WantedJoinWithCode, JoinWithCodeReply>(async (id, wanted) => {
      const { room, nowMs } = firstOf(wanted);
      const { issued, margin, priority } = highWaterMarksOf(room);
      const known = {
        epoch: room.epoch,
        issued: line === 'ordinary' ? issued : (priority?.issued ?? 0),
        margin,
      };
      const replies = await runJoinWithCode(redis, { room: id, line }, wanted, known, nowMs);
      for (const reply of replies) noteJoined(room, line, reply);
      return replies;
    });
  const heartbeats = (line: Line) =>
    batchPerRoom<{ index: number; epoch: number }, HeartbeatReply>((room, tickets) =>
      runHeartbeat(redis, { room, line }, tickets),
    );
  const joinsByLine = { ordinary: joinsWithCode('ordinary'), priority: joinsWithCode('priority') };
  const heartbeatsByLine = { ordinary: heartbeats('ordinary'), priority: heartbeats('priority') };

  return {
    join: (room, operation, nowMs) => joins(room.id).ask({ room, operation, nowMs }),
    joinUniqueEmail: async (room, operation, nowMs, address) => {
      const marks = highWaterMarksOf(room);
      const reply = await runJoinUniqueEmail(redis, room.id, { operation, address }, marks, nowMs);
      noteJoined(room, 'ordinary', reply);
      return reply;
    },
    joinWithCode: (room, line, code, operation, nowMs) =>
      joinsByLine[line](room.id).ask({ room, code, operation, nowMs }),
    heartbeat: (room, index, epoch, line) => heartbeatsByLine[line ?? 'ordinary'](room).ask({ index, epoch }),
  };
}

/** All questions of a batch are about one room. */
function firstOf<Wanted>([first]: readonly Wanted[]): Wanted {
  if (first === undefined) throw new Error('a batch is never empty');
  return first;
}

/** Records the highest index that this process gave. */
function noteJoined(room: Room, line: Line, reply: JoinReply | JoinWithCodeReply): void {
  if (reply.outcome !== 'joined' || reply.epoch !== room.epoch) return;
  if (line === 'ordinary') room.highestJoined = Math.max(room.highestJoined, reply.index);
  else room.highestPriorityJoined = Math.max(room.highestPriorityJoined, reply.index);
}
