import { defineCommand } from '../command-line.mjs';

export const demo = defineCommand({
  usage: 'npm run demo',
  summary:
    'Starts the whole system, sends a crowd to a sale of a few units, and checks every guarantee from outside.',
  options: {
    shoppers: {
      kind: 'whole',
      least: 1,
      most: 20_000,
      default: 2_000,
      why: 'a sale needs shoppers',
      help: 'number of shoppers',
    },
    units: {
      kind: 'whole',
      least: 1,
      most: 100_000,
      default: 50,
      why: 'a sale needs something to sell',
      help: 'number of units',
    },
    rate: {
      kind: 'whole',
      least: 1,
      most: 60_000,
      default: 1_200,
      why: 'with nobody admitted nothing is sold; pause a room to stop admission',
      help: 'how many are admitted per minute',
    },
    json: { kind: 'flag', help: 'print the report as one JSON object, the last line of the output' },
    keep: { kind: 'flag', help: 'leave the system running after the report, until Ctrl-C' },
    cluster: {
      kind: 'flag',
      help: 'waiting room and jobs use a Redis Cluster of three primaries and three replicas; two gateways',
    },
    pooler: { kind: 'flag', help: 'the services reach Postgres through PgBouncer in transaction mode' },
  },
});
