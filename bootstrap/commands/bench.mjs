import { defineCommand } from '../command-line.mjs';

export const bench = defineCommand({
  usage: 'npm run bench',
  summary: 'Measures the hot paths against a bare server, and buying against pgbench, in the same run.',
  options: {
    rounds: {
      kind: 'whole',
      least: 1,
      most: 1_000,
      default: 5,
      help: 'how often each path is measured, alternating with the limit it is compared with',
    },
    seconds: { kind: 'whole', least: 1, most: 3_600, default: 3, help: 'length of each measurement' },
    waiting: {
      kind: 'whole',
      least: 1,
      most: 10_000_000,
      default: 1_000_000,
      help: 'length of the line for measuring growth',
    },
    part: {
      kind: 'choice',
      of: ['all', 'buying', 'slow-clients'],
      default: 'all',
      sample: 'buying',
      help: 'buying: without the waiting room; slow-clients: orders beside a client that keeps 4,000 slow requests open',
    },
    json: { kind: 'flag', help: 'the report as one line of JSON' },
    'write-docs': { kind: 'flag', help: 'also writes docs/benchmarks.md' },
  },
});
