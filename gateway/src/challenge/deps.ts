import type { Clock } from '@shopfast/kit/clock';
import type { Redis } from 'ioredis';
import type { Limits } from '../limits/limits.ts';
import type { RoomDirectory } from '../rooms/directory.ts';
import type { VisibilityDeps } from '../rooms/visible.ts';
import type { Challenges } from './challenges.ts';

/** The dependencies of proofs of work. */
export type ChallengeDeps = VisibilityDeps & {
  redis: Redis;
  clock: Clock;
  challenges: Challenges;
  rooms: Pick<RoomDirectory, 'reportMissing'>;
  limits: Pick<Limits, 'challenge'>;
};
