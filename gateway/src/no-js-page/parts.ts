import { html } from 'hono/html';
import type { Markup, Words } from './shell.ts';

export type { Markup };

/** The content of the page, and when it reloads by itself; null: never. */
export type View = { title: string; main: Markup; refreshSeconds: number | null };

export const card = ({
  title,
  lead,
  body = '',
}: {
  title: string;
  lead: string;
  body?: unknown;
}): Markup => html`
  <div class="card">
    <h1>${title}</h1>
    <p class="lead">${lead}</p>
    ${body}
  </div>`;

export const figure = (value: string, caption: string): Markup =>
  html`<p class="figure"><strong>${value}</strong> <span>${caption}</span></p>`;

export const list = (...rows: [name: string, value: string][]): Markup =>
  html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

export const message = ({ t }: Words, text: string): Markup =>
  html`<section class="message" aria-label="${t('message.label')}"><b>${t('message.label')}</b><p>${text}</p></section>`;

export const button = (label: string): Markup => html`<button class="button" type="submit">${label}</button>`;

/** @param does the action of the form: `join`, `claim` or `leave` */
export const form = ({
  does,
  here,
  body,
  className = 'act',
}: {
  does: string;
  here: string;
  body: unknown;
  className?: string;
}): Markup => html`
  <form method="post" action="${here}" class="${className}">
    <input type="hidden" name="do" value="${does}">
    ${body}
  </form>`;
