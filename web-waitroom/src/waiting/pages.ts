import type { Times } from '@shopfast/kit/i18n/amounts';
import type { WaitingMessages } from '@shopfast/kit/i18n/messages/waiting';
import type { Translate } from '@shopfast/kit/i18n/translate';
import { h, type Node } from './dom.ts';
import type { Place, View } from './view.ts';

export type Words = { t: Translate<WaitingMessages>; amounts: Times };

/** The actions of the page's buttons. */
export type Actions = {
  claim(): void;
  /** Handler of the address form; `false` keeps the browser from sending it. */
  giveEmail(): false;
  haveCode(): void;
  /** Handler of the code form. */
  giveCode(): false;
  goWithoutCode(): void;
  askToLeave(): void;
  /** Opens the notifications panel. */
  openNotifications(): void;
  startOver(): void;
};

/** One rendered view: the tab's title, the text for screen readers, and the page's content. */
export type Page = { title: string; said: string; nodes: Node[] };

type Content = { title: string; lead: string; tab?: string; said?: string; body: Node[] };

/** Renders a view. Pure, so that tests can read the result. */
export function pageOf(view: View, words: Words, actions: Actions): Page {
  const { t } = words;
  const content = contentOf(view, words, actions);
  const state = content.tab ?? content.title;
  const trouble = view.trouble && t(`trouble.${view.trouble}`);
  return {
    title: view.room ? t('page.titled', { state, room: view.room }) : state,
    said: trouble || content.said || `${content.title}. ${content.lead}`,
    nodes: [
      h(
        'div',
        { class: 'card', key: view.kind },
        h('h1', { tabindex: -1 }, content.title),
        h('p', { class: 'lead' }, content.lead),
        ...content.body,
        view.message && message(view.message, words),
        'updatedAt' in view && foot(view, words, actions),
      ),
      h('p', { class: 'trouble', 'data-shown': Boolean(trouble) }, trouble || ''),
    ],
  };
}

function contentOf(view: View, words: Words, actions: Actions): Content {
  const { t, amounts } = words;
  const plain = (body: Node[] = []) => {
    const kind = view.kind === 'sold_out_no_place' ? 'sold_out' : view.kind;
    return { title: t(`${kind}.title`), lead: t(`${kind}.lead`), body };
  };
  switch (view.kind) {
    case 'joining':
    case 'checking':
    case 'going':
      return plain([h('p', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'))]);
    case 'email':
      return plain([emailForm(words, actions)]);
    case 'code':
      return codeForm(view, words, actions);
    case 'not_open':
      return plain([...countdown(view, words), codeButton(words, actions)]);
    case 'lobby':
      return plain([
        ...countdown(view, words),
        facts(
          [t('fact.number'), view.number === null ? t('fact.number_none') : amounts.number(view.number)],
          [t('lobby.opens_at'), view.opensAt === null ? t('lobby.later') : amounts.moment(view.opensAt)],
        ),
      ]);
    case 'waiting':
      return waiting(view, words);
    case 'paused':
    case 'sold_out':
      return plain([
        progress(view, words),
        facts(
          [t('fact.number'), view.number === null ? t('fact.number_none') : amounts.number(view.number)],
          [t('fact.ahead'), view.ahead === null ? t('fact.unknown') : amounts.number(view.ahead)],
        ),
      ]);
    case 'called':
      return plain([
        view.leftMs === null
          ? h('div')
          : figure(
              amounts.countdown(view.leftMs),
              view.leftMs > 0 ? t('called.left') : t('called.over'),
              true,
            ),
        button(t('called.go'), actions.claim, view.claiming),
      ]);
    case 'completed':
      return plain([
        view.orderUrl === null
          ? h('a', { class: 'button', href: '/shop' }, t('completed.shop'))
          : h('a', { class: 'button', href: view.orderUrl }, t('completed.order')),
      ]);
    case 'expired':
    case 'left':
      return plain([button(t('again.join'), actions.startOver), codeButton(words, actions)]);
    case 'no_cookies':
      return plain([button(t('again.try'), actions.startOver)]);
    case 'sold_out_no_place':
      return {
        title: t('sold_out.title'),
        lead: t('sold_out.lead_no_place'),
        body: [button(t('again.try'), actions.startOver)],
      };
    case 'refused': {
      const { problem } = view;
      const why = problem?.detail ?? problem?.title;
      return plain([
        ...(why ? [h('p', { class: 'message', lang: problem?.detail ? 'en' : undefined }, why)] : []),
        button(t('again.try'), actions.startOver),
      ]);
    }
    case 'closed':
    case 'revoked':
    case 'unknown_room':
    case 'insecure':
      return plain();
  }
}

function waiting(view: View & { kind: 'waiting' }, words: Words): Content {
  const { t, amounts } = words;
  const count = view.ahead ?? 0;
  const eta = view.eta ? amounts.span(view.eta.low, view.eta.high) : t('fact.unknown');
  const next = count === 0;
  const ahead = next ? t('waiting.next') : t('waiting.tab', { count });
  const reason = view.etaReason && t(`eta.${view.etaReason}`);
  return {
    title: t('waiting.title'),
    lead: t('waiting.lead'),
    tab: ahead,
    said: [next ? ahead : t('waiting.said', { ahead, eta }), reason].filter(Boolean).join(' '),
    body: [
      figure(amounts.number(count), next ? t('waiting.next') : t('waiting.ahead', { count })),
      progress(view, words),
      facts(
        [t('fact.number'), view.number === null ? t('fact.number_none') : amounts.number(view.number)],
        [t('fact.eta'), eta],
        [t('fact.rate'), rate(view.perMinute, words)],
      ),
      h('p', { class: 'why' }, reason),
    ],
  };
}

function rate(perMinute: number | null, { t }: Words): string {
  // Short, so that nothing moves when the value arrives a moment later.
  if (perMinute === null) return '…';
  return perMinute === 0 ? t('fact.rate_none') : t('fact.rate_value', { rate: perMinute });
}

function countdown(view: { opensInMs: number | null }, { t, amounts }: Words): Node[] {
  if (view.opensInMs === null) return [];
  const soon = view.opensInMs === 0;
  return [figure(amounts.countdown(view.opensInMs), soon ? t('lobby.opening') : t('lobby.until'), true)];
}

/** The most important line. A countdown is a `timer`, so that screen readers do not speak every second. */
function figure(value: string, caption: string, timer = false): Node {
  return h(
    'p',
    { class: 'figure', role: timer && 'timer' },
    h('strong', {}, value),
    ' ',
    h('span', {}, caption),
  );
}

function progress(place: Place, { t }: Words): Node {
  // Never quite empty, so that it is recognised as a bar.
  const percent = Math.max(2, Math.floor(place.progress * 100));
  return h('progress', { max: 100, value: percent, 'aria-label': t('waiting.progress') });
}

function facts(...rows: [name: string, value: string][]): Node {
  return h(
    'dl',
    { class: 'facts' },
    ...rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

function message(text: string, { t }: Words): Node {
  return h(
    'section',
    { class: 'message', 'aria-label': t('message.label') },
    h('b', {}, t('message.label')),
    h('p', {}, text),
  );
}

function foot(place: Place, { t, amounts }: Words, actions: Actions): Node {
  const updated = place.updatedAt !== null && t('fact.updated', { time: amounts.clock(place.updatedAt) });
  return h(
    'div',
    { class: 'foot' },
    h('span', {}, updated),
    h(
      'button',
      { class: 'quiet', type: 'button', onclick: actions.openNotifications },
      t('notifications.open'),
    ),
    h('button', { class: 'quiet', type: 'button', onclick: actions.askToLeave }, t('leave.open')),
  );
}

function button(label: string, onclick: () => void, disabled = false): Node {
  return h('button', { class: 'button', type: 'button', onclick, disabled }, label);
}

function emailForm({ t }: Words, { giveEmail }: Actions): Node {
  const input = { id: 'email', type: 'email', autocomplete: 'email', maxlength: 254, required: true };
  return h(
    'form',
    { class: 'address', onsubmit: giveEmail },
    h('label', { for: 'email' }, t('email.label')),
    h('input', input),
    h('button', { class: 'button', type: 'submit' }, t('email.go')),
  );
}

/** The form for a code. The screen reader text includes a refusal, and the typed code stays. */
function codeForm(view: View & { kind: 'code' }, { t }: Words, actions: Actions): Content {
  const { code, refused, needed, sending } = view;
  const said = refused ? t('code.refused') : t(needed ? 'code.needed' : 'code.lead');
  const input = {
    id: 'code',
    value: code,
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    maxlength: 500,
    required: true,
    'aria-invalid': refused && 'true',
    'aria-describedby': 'code-said',
  };
  return {
    title: t('code.title'),
    lead: t(needed ? 'code.needed' : 'code.lead'),
    said,
    body: [
      h(
        'form',
        { class: 'address', onsubmit: actions.giveCode },
        h('label', { for: 'code' }, t('code.label')),
        h('input', input),
        h('p', { id: 'code-said', class: 'fault' }, refused ? said : ''),
        h('button', { class: 'button', type: 'submit', disabled: sending }, t('code.go')),
      ),
      needed
        ? h('span')
        : h('button', { class: 'quiet', type: 'button', onclick: actions.goWithoutCode }, t('code.without')),
    ],
  };
}

function codeButton({ t }: Words, { haveCode }: Actions): Node {
  return h('button', { class: 'quiet', type: 'button', onclick: haveCode }, t('code.have'));
}
