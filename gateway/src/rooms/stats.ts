import { z } from '@hono/zod-openapi';
import { ETA_REASONS, etaSeconds, ROOM_STATES } from '@shopfast/kit/contracts/api';
import { type Accuracy, accuracyOf } from './accuracy.ts';
import { etaSeconds as estimate } from './forecast.ts';
import { type Room, waitingInBoth } from './room.ts';
import { roomStatus } from './status.ts';

const count = z.number().int();

export const roomStats = z
  .object({
    state: z.enum(ROOM_STATES),
    /** Open, but nobody can join, and it closes by itself when empty. */
    draining: z.boolean(),
    /** Of the settings: a new value means that somebody changed them. */
    version: count,
    issued: count,
    serving: count,
    waiting: count,
    /** The same three of the priority line. */
    priority: z.object({ issued: count, serving: count, waiting: count }),
    active: count,
    calls_in_last_minute: count,
    admissions_per_minute: count,
    max_active: count,
    /** Counts since the room was created (again) in Redis. Drop-outs left or were abandoned before their turn. */
    counted: z.object({ since: z.iso.datetime(), joins: count, calls: count, drop_outs: count }).nullable(),
    /** For a ticket that joins now; null when no estimate is possible. */
    eta_seconds: etaSeconds.nullable(),
    eta_reason: z.enum(ETA_REASONS).nullable(),
    /** How accurate the estimates were, as this gateway process saw it. */
    eta_accuracy: z
      .object({
        waits: count,
        median: z.number().describe('median of actual wait divided by estimated wait'),
        within_quarter: z.number().describe('share of waits between 0.8 and 1.25 of the estimate'),
      })
      .nullable(),
    /** The measurements behind the estimates, over two minutes. */
    pace: z
      .object({
        measured_per_minute: z.number(),
        free_slots: count,
        slots_freed_per_minute: z.number(),
        drop_share: z.number(),
      })
      .nullable(),
    remaining: count.nullable(),
    held: count.nullable(),
    sold: count.nullable(),
    updated_at: z.iso.datetime(),
  })
  .openapi('RoomStats');

/**
 * A room's figures for operators, from this process's ticks, without Redis.
 * @param etaRatios actual waits divided by estimated waits, as counted by this process
 */
export function statsOf(room: Room, nowMs: number, etaRatios?: Accuracy): z.infer<typeof roomStats> {
  const status = roomStatus(room, nowMs);
  const { snapshot, throughput } = room;
  const forecast = status.state === 'open' ? throughput.forecast : null;
  const waiting = snapshot ? waitingInBoth(snapshot) : 0;
  return {
    state: status.state,
    draining: room.state === 'draining',
    version: room.version,
    issued: snapshot?.issued ?? 0,
    serving: status.serving,
    waiting: status.waiting,
    priority: snapshot?.priority ?? { issued: 0, serving: 0, waiting: 0 },
    active: status.active,
    calls_in_last_minute: snapshot?.callsInLastMinute ?? 0,
    admissions_per_minute: status.admissions_per_minute,
    max_active: room.settings.max_active,
    counted: snapshot && {
      since: new Date(snapshot.madeAt).toISOString(),
      joins: snapshot.joined,
      calls: snapshot.called,
      drop_outs: snapshot.dropped,
    },
    eta_seconds: forecast && estimate(waiting, forecast),
    eta_reason: reasonOf(room),
    eta_accuracy: etaRatios ? accuracyOf(etaRatios) : null,
    pace: throughput.forecast && {
      measured_per_minute: tenths(throughput.forecast.measuredRate * 60),
      free_slots: Math.max(0, Math.floor(throughput.forecast.free)),
      slots_freed_per_minute: tenths(throughput.forecast.turnover * 60),
      drop_share: Math.round(throughput.forecast.dropShare * 1_000) / 1_000,
    },
    remaining: status.remaining,
    held: snapshot?.held ?? null,
    sold: snapshot?.sold ?? null,
    updated_at: status.updated_at,
  };
}

function reasonOf({ shownState, throughput }: Room): (typeof ETA_REASONS)[number] | null {
  if (shownState === 'open') return throughput.reason;
  if (shownState === 'paused') return 'paused';
  return shownState === 'sold_out' ? 'stock_low' : null;
}

const tenths = (value: number) => Math.round(value * 10) / 10;
