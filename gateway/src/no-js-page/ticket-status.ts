import { html } from 'hono/html';
import type { Room } from '../rooms/room.ts';
import type { TicketStatus } from '../tickets/ticket-status.ts';
import { untilOpening } from './opening.ts';
import { button, card, figure, form, list, message, type View } from './parts.ts';
import type { ViewName, Words } from './shell.ts';
import { ended } from './views.ts';
import type { Links } from './visit.ts';

type Facts = { room: Room; ticketStatus: TicketStatus; now: number };

/** The page of a shopper with a ticket, in any status. */
export function ticketStatusView(words: Words, links: Links, facts: Facts): View {
  const { room, ticketStatus, now } = facts;
  const { t } = words;
  const refreshSeconds = Math.max(2, Math.ceil(ticketStatus.poll_after_ms / 1_000));
  const said = ticketStatus.message ? message(words, ticketStatus.message) : '';
  const foot = html`<p class="foot"><a class="quiet" href="${links.leaving}">${t('leave.open')}</a></p>`;
  const place = (kind: ViewName, body: unknown) =>
    card({ title: t(`${kind}.title`), lead: t(`${kind}.lead`), body: html`${body}${said}${foot}` });

  if (ticketStatus.state === 'called' || ticketStatus.state === 'admitted') {
    const left = ticketStatus.claim_by ? Math.max(0, Date.parse(ticketStatus.claim_by) - now) : null;
    const clock = left === null ? '' : figure(words.amounts.countdown(left), t('called.left'));
    const go = form({ does: 'claim', here: links.here, body: button(t('called.go')) });
    const main = card({ title: t('called.title'), lead: t('called.lead'), body: html`${clock}${go}${said}` });
    return { title: t('called.title'), main, refreshSeconds: 15 };
  }
  if (ticketStatus.state === 'completed') {
    const shop = html`<a class="button" href="${room.settings.checkout_url}">${t('completed.shop')}</a>`;
    return ended(words, 'completed', shop);
  }
  if (ticketStatus.room_state === 'closed') return ended(words, 'closed', said);
  if (ticketStatus.room_state === 'sold_out' || ticketStatus.room_state === 'paused') {
    const kind = ticketStatus.room_state;
    const own = list(numberOf(words, ticketStatus), [t('fact.ahead'), aheadOf(words, ticketStatus)]);
    return { title: t(`${kind}.title`), main: place(kind, own), refreshSeconds };
  }
  if (ticketStatus.state === 'lobby') {
    const own = html`${untilOpening(words, room, now)}${list(numberOf(words, ticketStatus))}`;
    return { title: t('lobby.title'), main: place('lobby', own), refreshSeconds };
  }
  return {
    title: aheadInTab(words, ticketStatus),
    main: place('waiting', inLine(words, room, ticketStatus)),
    refreshSeconds,
  };
}

function inLine(words: Words, room: Room, ticketStatus: TicketStatus) {
  const { t, amounts } = words;
  const count = ticketStatus.ahead ?? 0;
  const { eta_seconds: eta, eta_reason: reason } = ticketStatus;
  const caption = count === 0 ? t('waiting.next') : t('waiting.ahead', { count });
  const rate = room.settings.admissions_per_minute;
  return html`
    ${figure(amounts.number(count), caption)}
    ${list(
      numberOf(words, ticketStatus),
      [t('fact.eta'), eta ? amounts.span(eta.low, eta.high) : t('fact.unknown')],
      [t('fact.rate'), rate === 0 ? t('fact.rate_none') : t('fact.rate_value', { rate })],
    )}
    <p class="why">${reason ? t(`eta.${reason}`) : ''}</p>`;
}

const aheadInTab = ({ t }: Words, { ahead }: TicketStatus) =>
  ahead ? t('waiting.tab', { count: ahead }) : t('waiting.next');

const aheadOf = ({ t, amounts }: Words, { ahead }: TicketStatus) =>
  ahead === null ? t('fact.unknown') : amounts.number(ahead);

const numberOf = ({ t, amounts }: Words, { number }: TicketStatus): [string, string] => [
  t('fact.number'),
  number === null ? t('fact.number_none') : amounts.number(number),
];
