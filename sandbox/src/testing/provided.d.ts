import type { PartName } from '../stores/protocol.ts';
import 'vitest';

declare module 'vitest' {
  /** What the global set-up gives to every test file, by `inject('redisUrl')` and so on. */
  export interface ProvidedContext {
    /** Postgres, database `shopfast`, as superuser: tests create their own databases there. */
    databaseUrl: string;
    /** The Redis of the waiting room. */
    redisUrl: string;
    /** The Redis of the job queues. */
    jobsRedisUrl: string;
    /** The stores that the run's test files need. */
    stores: PartName[];
    /** The system that test files of the browser share, and the address of the browser that they share. */
    sharedSystem: {
      urls: Record<'gateway' | 'checkout' | 'inbox' | 'stripe', string>;
      databaseUrl: string;
      adminKey: string;
      gateways: { length: number };
      browserUrl: string;
    };
    /** Whether the run's test files use the shared system. */
    usesSharedSystem: boolean;
  }
}
