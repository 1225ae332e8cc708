import type { Catalogue } from '@shopfast/kit/i18n/translate';
import type { Plugin } from 'vite';

const PLACE = /%t:(\w+):([\w.]+)%/g;

/**
 * Fills `%t:catalogue:key%` in the HTML files from the catalogues, so that the words before the first script are kept
 * in one place with all others. An unknown key, or one with a plural, stops the build.
 */
export function catalogueInHtml(catalogues: Record<string, Catalogue>): Plugin {
  return {
    name: 'catalogue-in-html',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html.replace(PLACE, (place, catalogue: string, key: string) => {
          const message = catalogues[catalogue]?.[key];
          if (typeof message !== 'string') throw new Error(`No plain message for ${place}`);
          return escapeHtml(message);
        }),
    },
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
