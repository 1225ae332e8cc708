import type { EtaReason } from '@shopfast/kit/contracts/api';
import type { RoomStats } from '@shopfast/kit/contracts/rooms';
import { type Accuracy, accuracyOf } from './accuracy.ts';
import { etaSeconds as estimate } from './forecast.ts';
import { type Room, waitingInBoth } from './room.ts';
import { roomStatus } from './status.ts';

/**
 * A room's figures for operators, from this process's ticks, without Redis.
 * @param etaRatios actual waits divided by estimated waits, as counted by this process
 */
export function statsOf(room: Room, nowMs: number, etaRatios?: Accuracy): RoomStats {
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

function reasonOf({ shownState, throughput }: Room): EtaReason | null {
  if (shownState === 'open') return throughput.reason;
  if (shownState === 'paused') return 'paused';
  return shownState === 'sold_out' ? 'stock_low' : null;
}

const tenths = (value: number) => Math.round(value * 10) / 10;
