import loadWords from 'virtual:messages/notifications';
import type { NotificationsMessages } from '@shopfast/kit/i18n/messages/notifications';
import { createTranslate } from '@shopfast/kit/i18n/translate';
import { reminderCalls } from '../../api/reminder.ts';
import type { ServerClock } from '../../api/server-clock.ts';
import { patch } from '../dom.ts';
import { ALERTS, type Alert, mayNotify, notify, playSound, possibleAlerts } from './alerts.ts';
import { type MailNote, noteOf } from './mail.ts';
import style from './panel.css?inline';
import { type Panel, panelOf } from './view.ts';

export type NotificationParts = {
  room: string;
  clock: ServerClock;
  locale: string;
  /** Alerts that were chosen before a refresh. */
  chosen: string[];
  keep(chosen: string[]): void;
  /** The address that opens this place on another device. */
  link(): string;
};

/** The panel for waiters: alerts, a mail, and a link to take the place to another device. */
export type Notifications = {
  open(): void;
  /** Sends the chosen alerts for the turn. */
  alert(title: string): void;
};

/** Loads the words and prepares the panel. Rejects if they cannot be loaded. */
export async function openNotifications(parts: NotificationParts): Promise<Notifications> {
  const { room, clock, locale } = parts;
  const { default: words } = await loadWords[document.documentElement.lang]!();
  const t = createTranslate<NotificationsMessages>(words, locale);
  const mails = reminderCalls(room, clock);
  // Styles load with the panel. A policy without 'unsafe-inline' allows sheets that a script constructs.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
  const dialog = document.createElement('dialog');
  dialog.id = 'notifications';
  dialog.setAttribute('aria-labelledby', 'notifications-title');
  document.body.append(dialog);

  let panel: Panel = {
    ...{
      alerts: possibleAlerts(),
      chosen: ALERTS.filter((alert) => parts.chosen.includes(alert)),
      denied: false,
    },
    ...{ mail: null, email: '', sending: false },
    ...{ link: '', copied: null },
  };

  function change(news: Partial<Panel>): void {
    panel = { ...panel, ...news };
    patch(dialog, panelOf(panel, t, actions));
  }

  function choose(alert: Alert, isOn: boolean): void {
    const chosen = panel.chosen.filter((one) => one !== alert);
    if (isOn) chosen.push(alert);
    parts.keep(chosen);
    change({ chosen });
  }

  const actions = {
    async toggle(alert: Alert) {
      const isOn = !panel.chosen.includes(alert);
      if (isOn && alert === 'sound') playSound();
      const denied = isOn && alert === 'notification' && !(await mayNotify());
      choose(alert, isOn && !denied);
      change({ denied });
    },
    sendMail(): false {
      // The panel is open, and has this field.
      const email = (document.getElementById('reminder') as HTMLInputElement).value.trim();
      void mailed(() => mails.set({ email, locale }), email);
      return false;
    },
    removeMail: () => void mailed(() => mails.remove(), ''),
    copy() {
      // As above.
      const field = document.getElementById('link') as HTMLInputElement;
      field.select();
      // If the browser forbids the clipboard, the selected link can be copied by hand.
      const copying = navigator.clipboard?.writeText(field.value) ?? Promise.reject();
      void copying.then(
        () => change({ copied: 'move.copied' }),
        () => change({ copied: 'move.by_hand' }),
      );
    },
    close: () => dialog.close(),
  };

  async function mailed(call: () => Promise<Parameters<typeof noteOf>[0]>, email: string): Promise<void> {
    if (panel.sending) return;
    change({ sending: true });
    const mail: MailNote = noteOf(await call());
    change({ sending: false, mail, email });
  }

  dialog.addEventListener('close', () => change({ link: '', copied: null }));
  return {
    open() {
      change({ link: parts.link() });
      dialog.showModal();
    },
    alert(title) {
      if (panel.chosen.includes('sound')) playSound();
      if (panel.chosen.includes('notification')) notify(room, title, t('alert.body'));
    },
  };
}
