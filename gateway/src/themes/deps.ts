import type { Sql } from '@shopfast/db/client';
import type { Clock } from '@shopfast/kit/clock';
import type { ThemeDirectory } from './directory.ts';

/** The dependencies of the rooms' themes. */
export type ThemeDeps = {
  sql: Sql;
  clock: Clock;
  themes: ThemeDirectory;
  rooms: {
    /** @throws Problem room_unknown */
    get(id: string): unknown;
  };
};
