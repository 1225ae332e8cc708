import type { EtaReason } from '@shopfast/kit/contracts/api';
import { asksForCode, asksForEmail, type End, mayClaim, type State } from './state.ts';

/** What the waiter sees. Times in ms; `null` if unknown. */
export type View = {
  room: string | null;
  /** The operator's message to waiters. */
  message: string | null;
  trouble: 'offline' | 'holding' | 'joining' | 'leaving' | null;
} & (
  | { kind: 'joining' | 'checking' | 'email' | 'going' }
  | { kind: 'code'; code: string; refused: boolean; needed: boolean; sending: boolean }
  | { kind: 'not_open'; opensInMs: number | null; opensAt: number | null }
  | ({ kind: 'lobby'; opensInMs: number | null; opensAt: number | null } & Place)
  | ({
      kind: 'waiting';
      eta: { low: number; high: number } | null;
      /** Why the estimate has grown, or why there is none. */
      etaReason: EtaReason | null;
      perMinute: number | null;
    } & Place)
  | ({ kind: 'paused' | 'sold_out' } & Place)
  | { kind: 'called'; leftMs: number | null; claiming: boolean }
  | { kind: 'completed'; orderUrl: string | null }
  | { kind: 'refused'; problem: { title: string; detail: string | null } | null }
  | {
      kind:
        | 'closed'
        | 'expired'
        | 'revoked'
        | 'left'
        | 'unknown_room'
        | 'no_cookies'
        | 'insecure'
        | 'sold_out_no_place';
    }
);

export type Place = {
  number: number | null;
  ahead: number | null;
  progress: number;
  /** Server time of the last answer. */
  updatedAt: number | null;
};

export type ViewKind = View['kind'];

/**
 * @param deviceNow the device's time
 * @param offset server time minus device time
 */
export function viewOf(state: State, deviceNow: number, offset: number): View {
  const now = deviceNow + offset;
  const { ticket, room } = state;
  const shared = { room: room.name, message: ticket?.message || null, trouble: trouble(state) };
  const opening = {
    opensAt: room.opensAt,
    opensInMs: room.opensAt === null ? null : Math.max(0, room.opensAt - now),
  };

  if (state.stage === 'ended' && state.end) return { ...shared, ...ending(state, state.end) };
  if (state.stage === 'going') return { ...shared, kind: 'going' };
  if (!ticket)
    return {
      ...shared,
      ...(room.state === 'scheduled' && !asksForCode(state)
        ? { kind: 'not_open', ...opening }
        : joinView(state)),
    };
  if (mayClaim(state)) {
    // An admitted shopper who returns has nothing to wait for.
    if (ticket.state === 'admitted') return { ...shared, kind: 'going' };
    const leftMs = ticket.claim_by ? Math.max(0, Date.parse(ticket.claim_by) - now) : null;
    return { ...shared, kind: 'called', leftMs, claiming: state.stage === 'claiming' };
  }

  const place: Place = {
    number: ticket.number,
    ahead: ticket.ahead,
    progress: state.progress.done,
    updatedAt: state.updatedAt === null ? null : state.updatedAt + offset,
  };
  if (room.state === 'closed') return { ...shared, kind: 'closed' };
  if (room.state === 'sold_out') return { ...shared, kind: 'sold_out', ...place };
  if (room.state === 'paused') return { ...shared, kind: 'paused', ...place };
  if (ticket.state === 'lobby') return { ...shared, kind: 'lobby', ...opening, ...place };
  return {
    ...shared,
    kind: 'waiting',
    eta: ticket.eta_seconds,
    etaReason: ticket.eta_reason ?? null,
    perMinute: state.admissionsPerMinute,
    ...place,
  };
}

function joinView(state: State) {
  if (asksForEmail(state)) return { kind: 'email' } as const;
  const { given, form, refused, needed } = state.code;
  const code = { kind: 'code', code: given ?? '', refused, needed, sending: form === 'sent' } as const;
  if (form === 'open') return code;
  if (state.proof.wanted) return { kind: 'checking' } as const;
  return form === 'sent' ? code : ({ kind: 'joining' } as const);
}

function ending(state: State, end: End) {
  if (end === 'sold_out') return { kind: 'sold_out_no_place' } as const;
  if (end === 'completed') return { kind: end, orderUrl: state.ticket?.order_url ?? null };
  if (end === 'refused') return { kind: end, problem: state.problem };
  return { kind: end };
}

function trouble(state: State): View['trouble'] {
  if (state.trouble === 'busy') return state.ticket ? 'holding' : 'joining';
  return state.trouble;
}
