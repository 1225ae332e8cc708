import { LOCALES, type LocaleName } from '../i18n/locale.ts';
import { MIN_CONTRAST, worstContrast } from './contrast.ts';
import { THEME_TEXTS } from './limits.ts';
import { logoIn } from './logo.ts';
import { paragraphs } from './text.ts';
import { z } from './zod.ts';

const accent = (scheme: 'light' | 'dark') =>
  z
    .string()
    .regex(/^#[\dA-Fa-f]{6}$/, 'must be a colour as in #0f6b55')
    .superRefine((colour, context) => {
      if (!/^#[\dA-Fa-f]{6}$/.test(colour)) return;
      const contrast = worstContrast(colour, scheme);
      if (contrast >= MIN_CONTRAST) return;
      const towards = scheme === 'light' ? 'darker' : 'lighter';
      const message = `has a contrast of ${contrast.toFixed(1)} on the ${scheme} page, and text needs ${MIN_CONTRAST}: choose a ${towards} one`;
      context.addIssue({ code: 'custom', message });
    });

/** The design of a room's waiting page, and its additional text. */
export const roomTheme = z
  .strictObject({
    /** For the large figure, buttons and links, on the light page. */
    accent: accent('light').optional(),
    /** The same on the dark page. */
    accent_dark: accent('dark').optional(),
    /** Replaces the room's name, which screen readers read instead. */
    logo: z
      .string()
      .max(THEME_TEXTS.logo.most, 'must be at most 24 kB of picture')
      .refine((address) => logoIn(address) !== null, 'must be data:image/png, webp or svg+xml;base64,…')
      .optional(),
    /** Plain text below the name, for each language; other languages show the first of these. */
    text: z
      .partialRecord(z.enum(LOCALES), paragraphs(THEME_TEXTS.text))
      .refine((texts) => Object.keys(texts).length > 0, 'must have a text in at least one language')
      .optional(),
    /** A style sheet after the page's own. The page's policy blocks external URLs. */
    css: paragraphs(THEME_TEXTS.css)
      .refine((css) => !css.includes('<'), 'must not have "<"')
      .refine((css) => !/@import/i.test(css), 'must not import other style sheets')
      .optional(),
  })
  .openapi('RoomTheme');
export type Theme = z.output<typeof roomTheme>;

/** The theme in a row. It was checked when it was saved. */
export const themeOf = (row: { theme: Record<string, unknown> }) => row.theme as Theme;

/** The text of the theme in a language. */
export function textFor({ text = {} }: Theme, language: LocaleName): string | null {
  return text[language] ?? Object.values(text)[0] ?? null;
}
