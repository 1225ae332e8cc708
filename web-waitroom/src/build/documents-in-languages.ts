import { escapeHtml } from '@shopfast/kit/escape-html';
import { loadCatalogue, type Part } from '@shopfast/kit/i18n/catalogues';
import { directionOf, LOCALES, type LocaleName, nameOf } from '@shopfast/kit/i18n/locale';
import type { Message } from '@shopfast/kit/i18n/translate';
import type { Plugin, Rolldown } from 'vite';

/** The pages, each with the part of the texts that has its name. */
export const PAGES = ['waiting', 'shop', 'lottery', 'admin', 'accessibility'] as const satisfies Part[];

/**
 * Turns a page's `index.html` into one document per language: `waiting/de.html` and so on. A document
 * contains all its words: the first paint needs nothing else, and no other language is loaded.
 *
 * - `%t:key%` becomes the message; an unknown key, or one with a plural, fails the build.
 * - `<html lang="en">` becomes `<html lang="de" dir="ltr">`.
 * - `%language%` and `%languages%` become the language's name and links to the page in each language.
 * - The link to the style sheet becomes the style itself, so that the first paint waits for one request.
 * - `"%words%"` becomes the whole catalogue, for the page's script.
 */
export function documentsInLanguages(): Plugin {
  return {
    name: 'documents-in-languages',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = PAGES.find((one) => one === this.environment.name);
      if (!page) throw new Error(`There is no page ${this.environment.name}`);
      const template = bundle[`${page}/index.html`];
      if (template?.type !== 'asset') throw new Error(`There is no ${page}/index.html`);
      delete bundle[template.fileName];
      const styled = withStyle(String(template.source), bundle);
      for (const language of LOCALES) {
        const source = fill(styled, language, loadCatalogue(page, language));
        this.emitFile({ type: 'asset', fileName: `${page}/${language}.html`, source });
      }
    },
  };
}

const STYLE_LINK = /<link rel="stylesheet"[^>]* href="\/(assets\/[^"]+)">/;

/** The content security policy allows the style by its hash: see `pagePolicy` in `kit/src/built-page.ts`. */
function withStyle(page: string, bundle: Rolldown.OutputBundle): string {
  return page.replace(STYLE_LINK, (_link, fileName: string) => {
    const sheet = bundle[fileName];
    if (sheet?.type !== 'asset') throw new Error(`There is no ${fileName}`);
    delete bundle[fileName];
    return `<style>${String(sheet.source).trim()}</style>`;
  });
}

function fill(page: string, language: LocaleName, catalogue: Readonly<Record<string, Message>>): string {
  const places: Record<string, string> = {
    language: nameOf(language),
    languages: LOCALES.map((one) => linkTo(one, one === language)).join(''),
  };
  // "<" could end the script element, so it is escaped.
  const words = JSON.stringify(catalogue).replaceAll('<', '\\u003c');
  return page
    .replace('<html lang="en">', `<html lang="${language}" dir="${directionOf(language)}">`)
    .replace(/%(t:)?([\w.]+)%/g, (place, isMessage: string | undefined, name: string) => {
      if (!isMessage) return places[name] ?? place;
      const message = catalogue[name];
      if (typeof message !== 'string') throw new Error(`No plain message for ${place} in ${language}`);
      return escapeHtml(message);
    })
    .replace('"%words%"', () => words);
}

function linkTo(language: LocaleName, isCurrent: boolean): string {
  const current = isCurrent ? ' aria-current="true"' : '';
  return `<li><a href="?lang=${language}" lang="${language}"${current}>${nameOf(language)}</a></li>`;
}
