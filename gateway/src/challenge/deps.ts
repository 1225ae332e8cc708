import type { Clock } from '@shopfast/kit/clock';
import type { RedisClient } from '@shopfast/kit/redis';
import type { Limits } from '../limits/limits.ts';
import type { RoomDirectory } from '../rooms/directory.ts';
import type { VisibilityDeps } from '../rooms/visible.ts';
import type { Challenges } from './challenges.ts';

/** The dependencies of proofs of work. */
export type ChallengeDeps = VisibilityDeps & {
  redis: RedisClient;
  clock: Clock;
  challenges: Challenges;
  rooms: Pick<RoomDirectory, 'reportMissing'>;
  limits: Pick<Limits, 'challenge'>;
};
