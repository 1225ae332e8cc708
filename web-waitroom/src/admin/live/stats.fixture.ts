import type { RoomStats } from '@shopfast/kit/contracts/rooms';

/** A room's figures, for tests. */
export function statsWith(changes: Partial<RoomStats> = {}): RoomStats {
  return {
    ...{ state: 'open', draining: false, version: 1, issued: 1_000, serving: 400, waiting: 600 },
    priority: { issued: 0, serving: 0, waiting: 0 },
    ...{ active: 100, calls_in_last_minute: 60, admissions_per_minute: 60, max_active: 500 },
    counted: { since: '2026-11-27T11:00:00.000Z', joins: 1_000, calls: 400, drop_outs: 0 },
    ...{ eta_seconds: { low: 540, high: 660 }, eta_reason: null, eta_accuracy: null },
    pace: { measured_per_minute: 60, free_slots: 400, slots_freed_per_minute: 250, drop_share: 0 },
    ...{ remaining: null, held: null, sold: null, updated_at: '2026-11-27T12:00:00.000Z' },
    ...changes,
  };
}
