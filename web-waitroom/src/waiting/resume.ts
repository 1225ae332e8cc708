import type { TicketStatus } from '@shopfast/kit/contracts/api';
import type { Answer } from '../api/ask.ts';
import type { RoomCalls } from './room-calls.ts';

const FRAGMENT = 'resume';

/** A ticket in the page's address (`#resume=tkt_…`); browsers do not send fragments to servers. */
export function ticketIn(hash: string): string | null {
  const ticket = new URLSearchParams(hash.slice(1)).get(FRAGMENT);
  return ticket?.startsWith('tkt_') ? ticket : null;
}

/** The address that opens this place on another device. */
export function resumeLink(pageUrl: string, ticket: string): string {
  const url = new URL(pageUrl);
  url.hash = new URLSearchParams({ [FRAGMENT]: ticket }).toString();
  return url.href;
}

/**
 * Whether to join with the ticket of a link: not if it has ended, or if this browser has a place that is at least as
 * near. So nobody loses a place by opening a link.
 * @returns the failure if this cannot be decided now
 */
export async function worthTaking(
  calls: RoomCalls,
  ticket: string,
): Promise<boolean | Exclude<Answer<never>, { kind: 'ok' }>> {
  const linked = await calls.ask(ticket);
  if (linked.kind === 'unreachable') return linked;
  if (linked.kind === 'refused') return isLater(linked.refusal.status) ? linked : false;
  const own = await calls.ask();
  if (own.kind === 'refused' && !isLater(own.refusal.status)) return true;
  return own.kind === 'ok' ? distance(linked.body) < distance(own.body) : own;
}

const isLater = (status: number) => status >= 500 || status === 429 || status === 408;

/** People ahead. Unknown in a lobby; a place that has bought counts as none. */
function distance({ state, ahead }: TicketStatus): number {
  return state === 'completed' ? Number.POSITIVE_INFINITY : (ahead ?? 0);
}
