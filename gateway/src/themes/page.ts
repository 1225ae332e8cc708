import { textFor } from '@shopfast/kit/contracts/theme';
import { escapeHtml } from '@shopfast/kit/escape-html';
import type { LocaleName } from '@shopfast/kit/i18n/locale';
import type { ReadyTheme } from './directory.ts';

const MARK = /<span class="mark".*?<\/span>(?=<span id="room")/s;
const NAME = /<span id="room">(.*?)<\/span>/s;

/** The path of a room's logo. It contains the revision, so browsers may cache it for ever. */
export const logoPath = (room: string, { revision }: ReadyTheme): string => `/w/${room}/logo?${revision}`;

/**
 * The waiting page in one language with its theme: style, name or logo, and text below them. The rest of the document
 * stays unchanged.
 * @param name the room's; null: as in the document
 */
export function themedPage(
  document: string,
  room: { id: string; name: string | null },
  ready: ReadyTheme,
  language: LocaleName,
): string {
  const text = textFor(ready.theme, language);
  const greeting = text === null ? '' : `<p class="greeting" dir="auto">${escapeHtml(text)}</p>`;
  return document
    .replace('</style>', () => `</style><style>${ready.style}</style>`)
    .replace(NAME, (_, unnamed: string) => {
      const name = room.name === null ? unnamed : escapeHtml(room.name);
      const unseen = ready.logo ? ' class="unseen"' : '';
      return `<span id="room"${unseen}>${name}</span>${greeting}`;
    })
    .replace(MARK, (mark) =>
      ready.logo ? `<img class="logo" src="${logoPath(room.id, ready)}" alt="">` : mark,
    );
}
