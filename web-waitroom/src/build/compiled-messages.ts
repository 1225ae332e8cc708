import { loadCatalogue, type Part } from '@shopfast/kit/i18n/catalogues';
import { LOCALES } from '@shopfast/kit/i18n/locale';
import type { Plugin } from 'vite';

/** Parts whose words are loaded on demand instead of with the document. */
const ON_DEMAND = ['notifications'] as const satisfies Part[];

/**
 * Serves `virtual:messages/<part>`: for each language a function that loads its compiled messages. See `messages.d.ts`.
 */
export function compiledMessages(): Plugin {
  return {
    name: 'compiled-messages',
    resolveId: (id) => (id.startsWith('virtual:messages/') ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith('\0virtual:messages/')) return null;
      const [, name, tag] = id.split('/');
      const part = ON_DEMAND.find((one) => one === name);
      if (!part) throw new Error(`There are no messages ${name}`);
      if (tag === undefined)
        return `export default {${LOCALES.map((locale) => `"${locale}": () => import("virtual:messages/${part}/${locale}")`)}}`;
      const language = LOCALES.find((locale) => locale === tag);
      if (!language) throw new Error(`There is no language ${tag}`);
      return `export default ${JSON.stringify(loadCatalogue(part, language))}`;
    },
  };
}
