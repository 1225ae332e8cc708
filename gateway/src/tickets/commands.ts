import type { Redis } from 'ioredis';
import { batchPerRoom } from '../lua/batch.ts';
import { roomKeys } from '../lua/keys.ts';
import { remember } from '../rooms/remembered.ts';
import type { Room } from '../rooms/room.ts';

/** What `join.lua` says to one join. */
export type JoinAnswer =
  | { code: 1; epoch: number; index: number; number: number; ahead: number; waiting: number }
  | { code: 0 | -1 | -2 };

/** What `heartbeat.lua` says of one ticket. */
export type HeartbeatAnswer =
  | { code: 1; number: number; ahead: number; waiting: number }
  | { code: 2; number: number; record: string }
  | { code: 0 | -1 | -2 | -3 };

/** The two commands of the hot path, each sent once for all who ask in the same turn of the event loop. */
export type TicketCommands = {
  join(room: Room, operation: string, nowMs: number): Promise<JoinAnswer>;
  heartbeat(room: string, index: number, epoch: number): Promise<HeartbeatAnswer>;
};

type JoinQuestion = { room: Room; operation: string; nowMs: number };

export function createTicketCommands(redis: Redis): TicketCommands {
  const joins = batchPerRoom<JoinQuestion, JoinAnswer>(async (id, questions) => {
    const keys = roomKeys(id);
    const { room, nowMs } = questions[0] as JoinQuestion;
    const { epoch: knownEpoch, issued, margin } = remember(room);
    const answer = await redis.wrJoin(
      keys.room,
      keys.gaps,
      keys.joins(nowMs),
      keys.seenPrefix,
      knownEpoch,
      issued,
      margin,
      ...questions.map((one) => one.operation),
    );
    const [code, epoch, serving, waiting] = answer as [1 | 0 | -1 | -2, number, number, number];
    if (code !== 1) return questions.map(() => ({ code }));
    return questions.map((_, at) => {
      const index = answer[4 + at * 3] as number;
      const number = answer[5 + at * 3] as number;
      const gapsAhead = answer[6 + at * 3] as number;
      if (epoch === room.epoch && index > room.highestJoined) room.highestJoined = index;
      return { code, epoch, index, number, waiting, ahead: ahead(number, serving, gapsAhead) };
    });
  });

  const heartbeats = batchPerRoom<{ index: number; epoch: number }, HeartbeatAnswer>(
    async (room, questions) => {
      const keys = roomKeys(room);
      const tickets = questions.flatMap((one) => [one.index, one.epoch]);
      const answer = await redis.wrHeartbeat(
        keys.room,
        keys.gaps,
        keys.called,
        keys.seenPrefix,
        keys.active,
        ...tickets,
      );
      if (answer[0] === 0) return questions.map(() => ({ code: 0 }));
      const [, serving, waiting] = answer as [number, number, number];
      return questions.map((_, at) => {
        const code = answer[3 + at * 3] as number;
        const number = answer[4 + at * 3] as number;
        const more = answer[5 + at * 3] as number | string;
        if (code === 1) return { code, number, waiting, ahead: ahead(number, serving, more as number) };
        if (code === 2) return { code, number, record: more as string };
        return { code: code as -1 | -2 | -3 };
      });
    },
  );

  return {
    join: (room, operation, nowMs) => joins(room.id).ask({ room, operation, nowMs }),
    heartbeat: (room, index, epoch) => heartbeats(room).ask({ index, epoch }),
  };
}

/** Live tickets before a number. */
const ahead = (number: number, serving: number, gapsAhead: number) =>
  Math.max(0, number - 1 - serving - gapsAhead);
