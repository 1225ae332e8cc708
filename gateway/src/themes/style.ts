import { ON_ACCENT } from '@shopfast/kit/contracts/contrast';
import type { Theme } from '@shopfast/kit/contracts/theme';

/** The logo has its height before it is loaded, so that nothing moves. */
const ADDED = `header{flex-wrap:wrap}
.logo{display:block;height:3rem;max-width:100%;object-fit:contain}
.greeting{flex:1 0 100%;font-weight:400;color:var(--soft);white-space:pre-line;overflow-wrap:anywhere}`;

/** The style sheet of a theme; it comes after the page's own. */
export function styleOf({ accent, accent_dark, css }: Theme): string {
  const dark = accent_dark && `@media (prefers-color-scheme:dark){:root{${colours(accent_dark, 'dark')}}}`;
  // A theme with only a light accent must not change the dark page, because its contrast there is unchecked.
  const light = accent && `@media not (prefers-color-scheme:dark){:root{${colours(accent, 'light')}}}`;
  return [light, dark, ADDED, css].filter(Boolean).join('\n');
}

const colours = (accent: string, scheme: keyof typeof ON_ACCENT) =>
  [
    `--accent:${accent}`,
    `--accent-deep:color-mix(in srgb,${accent} 85%,${scheme === 'light' ? '#000' : '#fff'})`,
    `--on-accent:${ON_ACCENT[scheme]}`,
    `--wash:color-mix(in srgb,${accent} 10%,var(--card))`,
  ].join(';');
