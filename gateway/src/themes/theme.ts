import { z } from '@hono/zod-openapi';
import { paragraphs } from '@shopfast/kit/contracts/text';
import { LOCALES, type LocaleName } from '@shopfast/kit/i18n/locale';
import { MIN_CONTRAST, worstContrast } from './contrast.ts';
import { logoIn } from './logo.ts';

/** 24 kB of picture, because a whole crowd loads it on its first visit. */
const MAX_LOGO_CHARACTERS = 32_768;

const accent = (scheme: 'light' | 'dark') =>
  z
    .string()
    .regex(/^#[\da-f]{6}$/i, 'must be a colour as in #0f6b55')
    .superRefine((colour, context) => {
      if (!/^#[\da-f]{6}$/i.test(colour)) return;
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
      .max(MAX_LOGO_CHARACTERS, 'must be at most 24 kB of picture')
      .refine((address) => logoIn(address) !== null, 'must be data:image/png, webp or svg+xml;base64,…')
      .optional(),
    /** Plain text below the name, for each language; other languages show the first of these. */
    text: z
      .partialRecord(z.enum(LOCALES), paragraphs({ least: 1, most: 400 }))
      .refine((texts) => Object.keys(texts).length > 0, 'must have a text in at least one language')
      .optional(),
    /** A style sheet after the page's own. The page's policy blocks external URLs. */
    css: paragraphs({ most: 8_000 })
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
