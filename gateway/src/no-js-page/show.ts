import { visibleRoom } from '../rooms/visible.ts';
import type { Shedder } from '../shedding.ts';
import { presentedTicket } from '../tickets/credentials.ts';
import { getTicketStatus } from '../tickets/get-ticket-status.ts';
import type { NoJsPageDeps } from './deps.ts';
import { joinView } from './join-form.ts';
import type { View } from './parts.ts';
import { ticketStatusView } from './ticket-status.ts';
import { leavingView } from './views.ts';
import type { Visit } from './visit.ts';

/**
 * Shows a shopper's ticket status; without a ticket, the join form. A page view counts as a heartbeat, like polling.
 */
export function createShow(deps: NoJsPageDeps, shedder: Shedder) {
  return async ({ c, shell, room: id, links }: Visit): Promise<View> => {
    const room = visibleRoom(deps, id, c);
    const { ticket } = presentedTicket(c, deps, room) ?? {};
    if (!ticket) return joinView(shell, links, room, deps.clock.now());
    if (c.req.query('leave') !== undefined) return leavingView(shell, links);
    const done = shedder.enter('waiter');
    try {
      await deps.limits.statusRequest(c, room, ticket);
      const ticketStatus = await getTicketStatus(deps, room, ticket);
      return ticketStatusView(shell, links, { room, ticketStatus, now: deps.clock.now() });
    } finally {
      done();
    }
  };
}
