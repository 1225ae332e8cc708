import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { postgresVersion } from '@shopfast/sandbox/stores/postgres-binaries';
import { findRedis } from '@shopfast/sandbox/stores/redis';

/** The machine on which a figure was measured. */
export type Machine = {
  cpu: string;
  cores: number;
  memoryGb: number;
  node: string;
  postgres: string;
  redis: string;
};

export function readMachine(): Machine {
  const redis = execFileSync(findRedis(), ['--version'], { encoding: 'utf8' });
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    postgres: postgresVersion(),
    redis: /v=([\d.]+)/.exec(redis)?.[1] ?? redis.trim(),
  };
}

export const describeMachine = ({ cpu, cores, memoryGb, node, postgres, redis }: Machine): string =>
  `${cores} cores (${cpu}), ${memoryGb} GB, Node ${node}, Postgres ${postgres}, Redis ${redis}`;
