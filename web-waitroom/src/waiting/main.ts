import { createTimes } from '@shopfast/kit/i18n/amounts';
import type { WaitingMessages } from '@shopfast/kit/i18n/messages/waiting';
import { createServerClock } from '../api/server-clock.ts';
import { readSentPage } from '../i18n/sent-page.ts';
import { createAnnouncer } from './announcer.ts';
import { codeIn } from './code.ts';
import { patch } from './dom.ts';
import { standInLine } from './line.ts';
import { tabMemory } from './memory.ts';
import type { Notifications } from './notifications/panel.ts';
import { type Actions, pageOf, type Words } from './pages.ts';
import { redirectFor } from './redirect.ts';
import { resumeLink, ticketIn } from './resume.ts';
import { roomCalls } from './room-calls.ts';
import { type View, viewOf } from './view.ts';

// The ticket leaves the address first of all, so that nobody copies or stores it from there.
const resume = ticketIn(location.hash);
const invited = codeIn(location.href);
if (location.hash || invited.code) history.replaceState(null, '', invited.url.split('#')[0]);

const room = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const { t, locale } = readSentPage<WaitingMessages>();
const words: Words = { t, amounts: createTimes(locale) };
const clock = createServerClock(Date.now);
const memory = tabMemory(room);

/** A typical first view, with other figures. */
const USUAL: View = {
  ...{ kind: 'waiting', room: null, message: null, trouble: null },
  ...{ number: 2, ahead: 1, progress: 0, updatedAt: 0, perMinute: 1 },
  ...{ eta: { low: 60, high: 120 }, etaReason: null },
};

const main = element('main');
const roomName = element('room');
// The kinds of elements are those of the document and of `pages.ts`.
const leaveDialog = element('leave') as HTMLDialogElement;
const announce = createAnnouncer(element('said'), Date.now);

const line = standInLine({
  calls: roomCalls(room, clock, locale),
  progress: memory.progress(),
  resume,
  code: invited.code ?? memory.code(),
  visible: () => document.visibilityState === 'visible',
  changed(state) {
    memory.keepProgress(state.progress);
    memory.keepCode(state.stage === 'joining' ? state.code.given : null);
    show();
  },
  admitted(claim) {
    const { url, store } = redirectFor(claim, room, location.href, memory.storable);
    if (store) memory.keep(store.key, store.value);
    // Replaced, so that "back" in the shop does not lead to an automatic redirect.
    location.replace(url);
  },
});

const actions: Actions = {
  claim: line.claim,
  startOver: line.startOver,
  giveEmail() {
    // The view with this field is shown.
    line.giveEmail((element('email') as HTMLInputElement).value);
    return false;
  },
  haveCode: line.haveCode,
  giveCode() {
    // As above.
    line.giveCode((element('code') as HTMLInputElement).value.trim());
    return false;
  },
  goWithoutCode: () => line.giveCode(null),
  openNotifications: () => void loadNotifications().then(({ open }) => open(), line.couldNot),
  askToLeave: () => leaveDialog.showModal(),
};

let notifications: Promise<Notifications> | undefined;

/** Loaded on demand, because few visits need it; after a failure the next click loads it again. */
function loadNotifications(): Promise<Notifications> {
  notifications ??= import('./notifications/panel.ts').then(({ openNotifications }) =>
    openNotifications({
      ...{ room, clock, locale },
      chosen: memory.alerts(),
      keep: memory.keepAlerts,
      link: () => resumeLink(location.href, line.state().secret ?? ''),
    }),
  );
  notifications.catch(() => {
    notifications = undefined;
  });
  return notifications;
}

let shown = '';

function show(): void {
  const view = viewOf(line.state(), Date.now(), clock.offset());
  const page = pageOf(view, words, actions);
  const held = main.contains(document.activeElement);
  patch(main, page.nodes);
  main.dataset.view = view.kind;
  if (view.room) roomName.textContent = view.room;
  if (document.title !== page.title) document.title = page.title;
  if (view.kind === 'called' && shown !== 'called' && memory.alerts().length > 0)
    void loadNotifications().then(({ alert }) => alert(page.title));
  shown = view.kind;
  announce(`${view.kind} ${view.trouble}`, page.said);
  if (held && !main.contains(document.activeElement)) main.querySelector('h1')?.focus();
}

function element(id: string): HTMLElement {
  // Only for ids of the document and of the view that is shown.
  return document.getElementById(id) as HTMLElement;
}

leaveDialog.addEventListener('close', () => {
  if (leaveDialog.returnValue === 'leave') void line.leave();
  leaveDialog.returnValue = '';
});
document.addEventListener('visibilitychange', () => line.wake());
addEventListener('online', () => line.setOnline(true));
addEventListener('offline', () => line.setOnline(false));
addEventListener('pageshow', (event) => {
  // Back from the shop: the browser restored the page from its cache while it was leaving.
  if (event.persisted) line.startOver();
});

if (!navigator.onLine) line.setOnline(false);
show();
// On a slow phone the first use of formats and code takes 0.1 s: spend it while the answer is on its way.
setTimeout(() => pageOf(USUAL, words, actions));
// Countdowns step with the server's seconds. After sleep, a late timer is corrected here.
(function tick() {
  setTimeout(
    () => {
      line.wake();
      show();
      tick();
    },
    1000 - (clock.now() % 1000),
  );
})();
