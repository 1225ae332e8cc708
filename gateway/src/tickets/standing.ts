import type { EtaReason } from '@shopfast/kit/contracts/api';
import { etaSeconds } from '../rooms/forecast.ts';
import type { Room } from '../rooms/room.ts';
import { pollAfterMs } from './pace.ts';

/** The record that Redis keeps of a ticket once it was called. Times in ms. */
export type CalledRecord =
  | { state: 'called'; number: number; called_at: number; deadline: number }
  | { state: 'admitted'; number: number; called_at: number; deadline: number; token: string; jti: string }
  | { state: 'completed'; jti: string };

/** Where a ticket stands now; `tickets/me` without its HTTP. */
export type Standing = {
  state: 'lobby' | 'waiting' | 'called' | 'admitted' | 'completed';
  room_state: Room['shownState'];
  number: number | null;
  ahead: number | null;
  eta_seconds: { low: number; high: number } | null;
  eta_reason?: EtaReason;
  poll_after_ms: number;
  claim_by?: string;
  order_url?: string;
  message?: string;
};

/** A ticket that waits. In the lobby, and before a lottery is drawn (number 0), its number is not given yet. */
export function waitingStanding(
  room: Room,
  place: { number: number; ahead: number; waiting: number },
): Standing {
  const inLobby = room.state === 'lobby' || place.number === 0;
  const forecast = room.shownState === 'open' ? room.pace.forecast : null;
  const standing: Standing = {
    state: inLobby ? 'lobby' : 'waiting',
    room_state: room.shownState,
    number: inLobby ? null : place.number,
    ahead: inLobby ? null : place.ahead,
    eta_seconds: forecast && etaSeconds(place.ahead, forecast),
    poll_after_ms: pollAfterMs(place.ahead, place.waiting, room.settings),
    ...messageOf(room),
  };
  const reason = whyLater(room);
  if (reason) standing.eta_reason = reason;
  return standing;
}

/** A ticket whose turn has come or is over. */
export function calledStanding(room: Room, number: number, record: CalledRecord): Standing {
  return {
    state: record.state,
    room_state: room.shownState,
    number,
    ahead: 0,
    eta_seconds: { low: 0, high: 0 },
    poll_after_ms: pollAfterMs(0, 0, room.settings),
    ...(record.state === 'called' ? { claim_by: new Date(record.deadline).toISOString() } : {}),
    ...(record.state === 'admitted' ? { order_url: room.settings.checkout_url } : {}),
    ...messageOf(room),
  };
}

function whyLater({ shownState, pace }: Room): EtaReason | null {
  if (shownState === 'open') return pace.reason;
  if (shownState === 'paused') return 'paused';
  return shownState === 'sold_out' ? 'stock_low' : null;
}

function messageOf(room: Room): { message?: string } {
  return room.settings.message ? { message: room.settings.message } : {};
}
