import { html } from 'hono/html';
import type { Room } from '../rooms/room.ts';
import { figure, list } from './parts.ts';
import type { Words } from './shell.ts';

/** How long it is until a room opens, and at what time. */
export function untilOpening({ t, amounts, language }: Words, { settings }: Room, now: number) {
  if (!settings.opens_at) return html`<p class="lead">${t('lobby.later')}</p>`;
  const opensAt = Date.parse(settings.opens_at);
  const left = Math.max(0, opensAt - now);
  return html`
    ${figure(amounts.countdown(left), left === 0 ? t('lobby.opening') : t('lobby.until'))}
    ${list([t('lobby.opens_at'), momentOf(opensAt, language)])}`;
}

/** In UTC and labelled so, because the server does not know the reader's time zone. */
function momentOf(at: number, language: string): string {
  const date = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  const time = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, { ...date, ...time }).format(at);
}
