import { html } from 'hono/html';
import { button, card, form, type View } from './parts.ts';
import type { ViewName, Words } from './shell.ts';
import type { Links } from './visit.ts';

/** Asks for confirmation before the place is given back. */
export function leavingView({ t }: Words, links: Links): View {
  const body = html`
    ${form({ does: 'leave', here: links.here, body: button(t('leave.confirm')) })}
    <a class="quiet" href="${links.here}">${t('leave.cancel')}</a>`;
  const title = t('leave.title');
  return { title, main: card({ title, lead: t('leave.lead'), body }), refreshSeconds: null };
}

/** A final view: the page does not reload. */
export function ended({ t }: Words, kind: ViewName, body: unknown = ''): View {
  const title = t(`${kind}.title`);
  return { title, main: card({ title, lead: t(`${kind}.lead`), body }), refreshSeconds: null };
}

/** An overloaded waiting room: the page reloads by itself. */
export function busyView(words: Words, hasPlace: boolean, refreshSeconds: number): View {
  const title = words.t('page.title');
  const lead = words.t(hasPlace ? 'trouble.holding' : 'trouble.joining');
  return { title, main: card({ title, lead }), refreshSeconds };
}
