import type { RedisClient } from '@shopfast/kit/redis';
import type { ClientContext, Result } from 'ioredis';
import { aheadOf } from './join.ts';
import { keysOfLine, type Line, roomKeys } from './keys.ts';
import { type Argument, numberAt, type Script, textAt } from './script.ts';

/** Defines `heartbeat.lua`. */
export const HEARTBEAT: Script = { name: 'heartbeat', numberOfKeys: 4 };

type Reply = [code: 0] | [code: 1, serving: number, waiting: number, ...tickets: (number | string)[]];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext = { type: 'default' }> {
    wrHeartbeat(...args: Argument[]): Result<Reply, Context>;
  }
}

/** `number`: 0 before a draw. `record`: JSON of a ticket that is called, admitted or completed. */
export type HeartbeatReply =
  | { status: 'waiting'; number: number; ahead: number; waiting: number }
  | { status: 'called'; number: number; record: string }
  | { status: 'expired' | 'left' | 'revoked' | 'room_unknown' };

const EXPIRED: HeartbeatReply = { status: 'expired' };
const LEFT: HeartbeatReply = { status: 'left' };
const REVOKED: HeartbeatReply = { status: 'revoked' };
const ROOM_UNKNOWN: HeartbeatReply = { status: 'room_unknown' };

/** Reads the status of tickets of one line, and records that their holders are present. See `heartbeat.lua`. */
export async function runHeartbeat(
  redis: RedisClient,
  { room, line }: { room: string; line: Line },
  tickets: readonly { index: number; epoch: number }[],
): Promise<HeartbeatReply[]> {
  const keys = roomKeys(room);
  const { name, gaps, seenPrefix } = keysOfLine(keys, line);
  const reply = await redis.wrHeartbeat(
    keys.room,
    gaps,
    keys.called,
    seenPrefix,
    name,
    ...tickets.flatMap(({ index, epoch }) => [index, epoch]),
  );
  if (reply[0] === 0) return tickets.map(() => ROOM_UNKNOWN);
  const [, serving, waiting] = reply;
  return tickets.map((_, nth) => {
    const at = 3 + nth * 3;
    switch (numberAt(reply, at)) {
      case 1: {
        const number = numberAt(reply, at + 1);
        const ahead = aheadOf(number, serving, numberAt(reply, at + 2));
        return { status: 'waiting', number, ahead, waiting };
      }
      case 2:
        return { status: 'called', number: numberAt(reply, at + 1), record: textAt(reply, at + 2) };
      case -2:
        return LEFT;
      case -3:
        return REVOKED;
      default:
        return EXPIRED;
    }
  });
}
