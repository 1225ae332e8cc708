import type { EtaReason } from '@shopfast/kit/contracts/api';
import { etaSeconds } from '../rooms/forecast.ts';
import type { Room } from '../rooms/room.ts';
import { callsOfBothLines, pollAfterMs } from './poll-interval.ts';

/** The record in Redis of a called ticket. Times in ms. */
export type CalledRecord =
  | { state: 'called'; number: number; called_at: number; deadline: number }
  | { state: 'admitted'; number: number; called_at: number; deadline: number; token: string; jti: string }
  | { state: 'completed'; jti: string };

/** The current status of a ticket; `tickets/me` without HTTP. */
export type TicketStatus = {
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
  /** Absent: the ordinary line. Number and ahead count within a ticket's own line. */
  line?: 'priority';
};

/** A waiting ticket. In the lobby, and before a lottery is drawn (number 0), it has no number yet. */
export function waitingTicketStatus(
  room: Room,
  place: { number: number; ahead: number; waiting: number },
  line?: 'priority',
): TicketStatus {
  const inLobby = room.state === 'lobby' || place.number === 0;
  const forecast = room.shownState === 'open' ? room.throughput.forecast : null;
  const before = callsBefore(room, place.ahead, line);
  const ticketStatus: TicketStatus = {
    state: inLobby ? 'lobby' : 'waiting',
    room_state: room.shownState,
    number: inLobby ? null : place.number,
    ahead: inLobby ? null : place.ahead,
    eta_seconds: forecast && etaSeconds(before, forecast),
    poll_after_ms: pollAfterMs(
      place.number === 0 ? null : before,
      place.waiting + waitingInOtherLine(room, line),
      room.settings,
    ),
    ...messageOf(room),
    ...lineOf(line),
  };
  const reason = etaReason(room);
  if (reason) ticketStatus.eta_reason = reason;
  return ticketStatus;
}

/** A ticket whose turn has come or is over. */
export function calledTicketStatus(
  room: Room,
  number: number,
  record: CalledRecord,
  line?: 'priority',
): TicketStatus {
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
    ...lineOf(line),
  };
}

function etaReason({ shownState, throughput }: Room): EtaReason | null {
  if (shownState === 'open') return throughput.reason;
  if (shownState === 'paused') return 'paused';
  return shownState === 'sold_out' ? 'stock_low' : null;
}

function messageOf(room: Room): { message?: string } {
  return room.settings.message ? { message: room.settings.message } : {};
}

const ORDINARY = {};
const PRIORITY = { line: 'priority' } as const;
const lineOf = (line: 'priority' | undefined) => (line ? PRIORITY : ORDINARY);

/** Live tickets in the other line, as of the last tick. */
function waitingInOtherLine({ snapshot }: Room, line: 'priority' | undefined): number {
  if (!snapshot) return 0;
  return line ? snapshot.waiting : snapshot.priority.waiting;
}

/** How many calls of the room, in both lines, come before a ticket's own. */
export function callsBefore(room: Room, ahead: number, line: 'priority' | undefined): number {
  const others = waitingInOtherLine(room, line);
  if (others === 0) return ahead;
  const share = room.settings.priority_share;
  return callsOfBothLines(ahead, line ? share : 1 - share, others);
}
