import type { PartName } from '../stores/protocol.ts';
import 'vitest';

declare module 'vitest' {
  /** What the set-up of the whole test run gives to every test file, by `inject('redisUrl')` and so on. */
  export interface ProvidedContext {
    /** Postgres, database `shopfast`, as superuser: a test makes a database of its own there. */
    databaseUrl: string;
    /** The Redis of the waiting room. */
    redisUrl: string;
    /** The Redis of the job queues. */
    jobsRedisUrl: string;
    /** Which of these the run's test files ask for. */
    stores: PartName[];
  }
}
