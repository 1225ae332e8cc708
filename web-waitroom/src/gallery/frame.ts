// One state of the waiting page, drawn into the page's real document: `npm run dev` puts this in place of the page's script.

import { createTimes } from '@shopfast/kit/i18n/amounts';
import type { WaitingMessages } from '@shopfast/kit/i18n/messages/waiting';
import { readSentPage } from '../i18n/sent-page.ts';
import { patch } from '../waiting/dom.ts';
import { type Actions, pageOf } from '../waiting/pages.ts';
import type { View } from '../waiting/view.ts';
import { VIEWS } from './views.ts';

const { searchParams } = new URL(location.href);
const states: Record<string, Record<string, View>> = VIEWS;
const view = states[searchParams.get('kind') ?? '']?.[searchParams.get('state') ?? ''];
const { t, locale } = readSentPage<WaitingMessages>();
// The waiting page's document has the elements of these ids.
const element = (id: string) => document.getElementById(id) as HTMLElement;

/** No request to any server. */
const actions: Actions = {
  claim() {},
  giveEmail: () => false,
  haveCode() {},
  giveCode: () => false,
  goWithoutCode() {},
  // As above.
  askToLeave: () => (element('leave') as HTMLDialogElement).showModal(),
  openNotifications() {},
  startOver() {},
};

if (view) {
  const page = pageOf(view, { t, amounts: createTimes(locale) }, actions);
  patch(element('main'), page.nodes);
  element('main').dataset.view = view.kind;
  if (view.room) element('room').textContent = view.room;
  document.title = page.title;
}
