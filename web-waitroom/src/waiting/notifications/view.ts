import type { NotificationsMessages } from '@shopfast/kit/i18n/messages/notifications';
import type { Translate } from '@shopfast/kit/i18n/translate';
import { h, type Node } from '../dom.ts';
import type { Alert } from './alerts.ts';
import type { MailNote } from './mail.ts';

/** The panel's state. */
export type Panel = {
  /** The alerts that this browser supports. */
  alerts: Alert[];
  chosen: Alert[];
  /** The person or the browser does not allow notifications. */
  denied: boolean;
  mail: MailNote | null;
  /** The address for the mail. */
  email: string;
  sending: boolean;
  link: string;
  copied: 'move.copied' | 'move.by_hand' | null;
};

export type PanelActions = {
  toggle(alert: Alert): Promise<void>;
  /** Handler of the address form; `false` keeps the browser from sending it. */
  sendMail(): false;
  removeMail(): void;
  copy(): void;
  close(): void;
};

type T = Translate<NotificationsMessages>;

/** Renders the panel. Pure. */
export function panelOf(panel: Panel, t: T, actions: PanelActions): Node[] {
  return [
    h('h2', { id: 'notifications-title' }, t('panel.title')),
    ...(panel.alerts.length > 0 ? [alerts(panel, t, actions)] : []),
    mail(panel, t, actions),
    move(panel, t, actions),
    h('button', { class: 'button plain', type: 'button', onclick: actions.close }, t('panel.close')),
  ];
}

function alerts({ alerts, chosen, denied }: Panel, t: T, { toggle }: PanelActions): Node {
  return h(
    'section',
    { key: 'alerts' },
    h('h3', {}, t('alert.title')),
    ...alerts.map((alert) =>
      h(
        'button',
        {
          class: 'switch',
          type: 'button',
          role: 'switch',
          'aria-checked': String(chosen.includes(alert)),
          onclick: () => void toggle(alert),
        },
        t(`alert.${alert}`),
      ),
    ),
    h('p', { role: 'status' }, denied ? t('alert.denied') : t('alert.lead')),
  );
}

function mail({ mail, email, sending }: Panel, t: T, { sendMail, removeMail }: PanelActions): Node {
  const note = h('p', { role: 'status' }, mail ? t(mail, { email }) : t('mail.lead'));
  const isComing = mail === 'mail.set' || mail === 'mail.sent';
  return h(
    'section',
    { key: 'mail' },
    h('h3', {}, t('mail.title')),
    note,
    isComing
      ? mail === 'mail.set' &&
          h(
            'button',
            { class: 'quiet', type: 'button', onclick: removeMail, disabled: sending },
            t('mail.remove'),
          )
      : h(
          'form',
          { class: 'address', onsubmit: sendMail },
          h('label', { for: 'reminder' }, t('mail.label')),
          h('input', {
            id: 'reminder',
            type: 'email',
            autocomplete: 'email',
            maxlength: 254,
            required: true,
          }),
          h('button', { class: 'button plain', type: 'submit', disabled: sending }, t('mail.send')),
        ),
  );
}

function move({ link, copied }: Panel, t: T, { copy }: PanelActions): Node {
  return h(
    'section',
    { key: 'move' },
    h('h3', {}, t('move.title')),
    h('p', {}, t('move.lead')),
    h('input', { id: 'link', type: 'text', readonly: true, 'aria-label': t('move.label'), value: link }),
    h('p', { role: 'status' }, copied && t(copied)),
    h('button', { class: 'button plain', type: 'button', onclick: copy }, t('move.copy')),
  );
}
