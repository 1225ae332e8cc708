import { z } from '@hono/zod-openapi';
import { ROOM_STATES } from '@shopfast/kit/contracts/api';
import type { Room } from './room.ts';
import { roomStatus } from './status.ts';

export const roomStats = z
  .object({
    state: z.enum(ROOM_STATES),
    issued: z.number().int(),
    serving: z.number().int(),
    waiting: z.number().int(),
    /** The same three of the priority line. */
    priority: z.object({ issued: z.number().int(), serving: z.number().int(), waiting: z.number().int() }),
    active: z.number().int(),
    calls_in_last_minute: z.number().int(),
    admissions_per_minute: z.number().int(),
    max_active: z.number().int(),
    remaining: z.number().int().nullable(),
    held: z.number().int().nullable(),
    sold: z.number().int().nullable(),
    updated_at: z.iso.datetime(),
  })
  .openapi('RoomStats');

/** A room as operators see it now, from what this process's ticks saw: no Redis work. */
export function statsOf(room: Room, nowMs: number): z.infer<typeof roomStats> {
  const status = roomStatus(room, nowMs);
  return {
    state: status.state,
    issued: room.snapshot?.issued ?? 0,
    serving: status.serving,
    waiting: status.waiting,
    priority: room.snapshot?.priority ?? { issued: 0, serving: 0, waiting: 0 },
    active: status.active,
    calls_in_last_minute: room.snapshot?.callsInLastMinute ?? 0,
    admissions_per_minute: status.admissions_per_minute,
    max_active: room.settings.max_active,
    remaining: status.remaining,
    held: room.snapshot?.held ?? null,
    sold: room.snapshot?.sold ?? null,
    updated_at: status.updated_at,
  };
}
