import { html } from 'hono/html';
import type { Room } from '../rooms/room.ts';
import type { Typed } from './act.ts';
import { untilOpening } from './opening.ts';
import { button, card, form, type Markup, type View } from './parts.ts';
import type { Words } from './shell.ts';
import { ended } from './views.ts';
import type { Links } from './visit.ts';

type Refused = Typed & { refused?: 'email' | 'code' };

const NOT_OPEN_REFRESH_SECONDS = 20;

/** For visitors without a ticket: the invitation to join, with the fields that this room requires. */
export function joinView(words: Words, links: Links, room: Room, now: number, typed: Refused = {}): View {
  const { t } = words;
  const { settings } = room;
  if (room.state === 'closed' || room.state === 'draining') return ended(words, 'closed');
  if (room.state === 'scheduled') {
    const [title, lead] = [t('not_open.title'), t('not_open.lead')];
    const main = card({ title, lead, body: untilOpening(words, room, now) });
    return { title, main, refreshSeconds: NOT_OPEN_REFRESH_SECONDS };
  }
  if (settings.challenge !== 'none') {
    const title = t('checking.title');
    return { title, main: card({ title, lead: t('page.no_script') }), refreshSeconds: null };
  }
  const lead = settings.invite_only
    ? t('code.needed')
    : t(settings.one_place_per === 'email' ? 'email.lead' : 'code.lead');
  const main = card({ title: settings.name, lead, body: joinForm(words, links, room, typed) });
  return { title: t('email.go'), main, refreshSeconds: null };
}

/** Joins the line, with the address or the code that the room requires. */
export function joinForm(words: Words, links: Links, room: Room, typed: Refused = {}): Markup {
  const { t } = words;
  const { settings } = room;
  const email =
    settings.one_place_per === 'email' && !settings.invite_only
      ? html`
        <label for="email">${t('email.label')}</label>
        <input id="email" name="email" type="email" autocomplete="email" maxlength="254" value="${typed.email ?? ''}"${typed.refused === 'email' ? html` aria-invalid="true"` : ''}>`
      : '';
  const refused = typed.refused === 'code';
  const code = html`
    <label for="code">${t('code.label')}</label>
    <input id="code" name="code" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="500" value="${typed.code ?? ''}" aria-describedby="code-said"${refused ? html` aria-invalid="true"` : ''}>
    <p id="code-said" class="fault">${refused ? t('code.refused') : ''}</p>`;
  return form({
    does: 'join',
    here: links.here,
    body: html`${email}${code}${button(t('email.go'))}`,
    className: 'address',
  });
}
