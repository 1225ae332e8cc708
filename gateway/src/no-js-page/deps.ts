import type { ProtectDeps } from '../protect/deps.ts';
import type { ThemeDirectory } from '../themes/directory.ts';
import type { TicketDeps } from '../tickets/deps.ts';

/** The dependencies of the waiting page without scripts. */
export type NoJsPageDeps = TicketDeps & {
  themes: Pick<ThemeDirectory, 'of'>;
  config: Pick<ProtectDeps['config'], 'protect'>;
};
