import type { RoomDirectory } from '../rooms/directory.ts';
import type { TicketDeps } from '../tickets/deps.ts';

/** The dependencies of rehearsals: those of the tickets of their synthetic crowd. */
export type RehearsalDeps = TicketDeps & { rooms: Pick<RoomDirectory, 'has'> };
