import { readDocuments } from '@shopfast/kit/built-page';
import { type Amounts, createAmounts } from '@shopfast/kit/i18n/amounts';
import { translateOf } from '@shopfast/kit/i18n/catalogues';
import type { LocaleName } from '@shopfast/kit/i18n/locale';
import type { WaitingMessages } from '@shopfast/kit/i18n/messages/waiting';
import type { PlainKey, Translate } from '@shopfast/kit/i18n/translate';
import { html, raw } from 'hono/html';
import { type BUILT_PAGES, pageFolder } from '../pages/folder.ts';

/** The texts of the waiting page in one language. */
export type Words = { language: LocaleName; t: Translate<WaitingMessages>; amounts: Amounts };

/** A view with a title and a lead: `closed` has `closed.title` and `closed.lead`. */
export type ViewName = NameOf<PlainKey<WaitingMessages>>;
type NameOf<Key> = Key extends `${infer Name}.lead` ? Name : never;

/** The waiting page in one language, for the server to fill: its design, texts and links, without its script. */
export type Shell = Words & { fill(filling: Filling): Promise<string> };

/** Markup made by `html`, in which every value is escaped. */
export type Markup = ReturnType<typeof html>;

export type Filling = {
  title: string;
  /** The room's name; null: unknown. */
  room: string | null;
  main: Markup;
  /** When the browser reloads the page by itself; null: never. */
  refreshSeconds: number | null;
  /** The page's own query, which links to other languages keep, e.g. `plain=`. */
  query: string;
};

/**
 * The waiting page in all languages that `web-waitroom` has built into {@link BUILT_PAGES}; empty while it is not
 * built.
 */
export function readShells(): Map<LocaleName, Shell> {
  const documents = readDocuments(pageFolder('waiting'));
  return new Map([...documents].map(([language, document]) => [language, shellOf(language, document)]));
}

/** Parts that only a script uses. */
const SCRIPTED =
  /<script\b.*?<\/script>|<noscript\b.*?<\/noscript>|<dialog\b.*?<\/dialog>|<p id="said".*?<\/p>/gs;
const NAME = /<span id="room">(.*?)<\/span>/s;

function shellOf(language: LocaleName, document: string): Shell {
  const still = document.replaceAll(SCRIPTED, '');
  const unnamed = NAME.exec(still)?.[1] ?? '';
  return {
    language,
    t: translateOf('waiting', language),
    amounts: createAmounts(language),
    async fill({ title, room, main, refreshSeconds, query }) {
      const refresh =
        refreshSeconds === null ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">`;
      const [name, heading, content] = await Promise.all([
        room === null ? raw(unnamed) : html`${room}`,
        html`${title}`,
        main,
      ]);
      return still
        .replace(/<title>.*?<\/title>/s, () => `<title>${heading}</title>${refresh}`)
        .replace(NAME, () => `<span id="room">${name}</span>`)
        .replace(/<main id="main".*?<\/main>/s, () => `<main id="main">${content}</main>`)
        .replaceAll('href="?lang=', () => `href="?${query.replaceAll('&', '&amp;')}&amp;lang=`);
    },
  };
}
