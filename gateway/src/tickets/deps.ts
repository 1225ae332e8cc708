import type { ChallengeDeps } from '../challenge/deps.ts';
import type { CodeDeps } from '../codes/deps.ts';
import type { Limits } from '../limits/limits.ts';
import type { Meters } from '../meters.ts';
import type { RoomDirectory } from '../rooms/directory.ts';
import type { TokenDeps } from '../tokens/deps.ts';
import type { TicketCommands } from './commands.ts';
import type { TicketSigner } from './ticket.ts';

/** The dependencies of tickets: join, status, claim, leave, revoke. */
export type TicketDeps = TokenDeps &
  Pick<ChallengeDeps, 'challenges'> &
  Pick<CodeDeps, 'codes' | 'codeUses' | 'revokedCodes'> & {
    commands: TicketCommands;
    tickets: TicketSigner;
    rooms: Pick<RoomDirectory, 'get' | 'find' | 'reportMissing' | 'onServed'>;
    limits: Pick<Limits, 'newcomer' | 'statusRequest' | 'isTrusted'>;
    meters: Meters;
    config: {
      /** The most event streams of this process at a time. */
      maxEventStreams: number;
    };
  };
