import type { ProtectDeps } from '../protect/deps.ts';
import type { RoomDirectory } from '../rooms/directory.ts';
import type { ThemeDirectory } from '../themes/directory.ts';

/** The dependencies of the pages that need no ticket. */
export type PageDeps = {
  rooms: Pick<RoomDirectory, 'get' | 'find'>;
  themes: Pick<ThemeDirectory, 'of'>;
  config: Pick<ProtectDeps['config'], 'protect' | 'services'> & { publicUrl: string };
};
