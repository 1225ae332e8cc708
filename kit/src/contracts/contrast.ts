/** The backgrounds of a theme's colours in the waiting page's style sheet: card, page, and the text of a button. */
export const GROUNDS = {
  light: ['#ffffff', '#f5f4f0'],
  dark: ['#191f1c', '#101412'],
} as const;
export const ON_ACCENT = { light: '#ffffff', dark: '#06231a' } as const;

/** WCAG 2.2, 1.4.3: text of normal size. */
export const MIN_CONTRAST = 4.5;

/** The lowest contrast of a colour (`#rrggbb`) with its backgrounds: 1 to 21. */
export function worstContrast(colour: string, scheme: keyof typeof GROUNDS): number {
  const on = luminance(ON_ACCENT[scheme]);
  return Math.min(
    ...GROUNDS[scheme].map((ground) => ratio(luminance(colour), luminance(ground))),
    ratio(luminance(colour), on),
  );
}

const ratio = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/** Relative luminance as WCAG defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
