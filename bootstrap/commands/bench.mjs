import { defineCommand } from '../command-line.mjs';

export const bench = defineCommand({
  usage: 'npm run bench',
  summary: 'Measures the hot paths beside a bare server, and buying beside pgbench, in the same run.',
  options: {
    rounds: {
      kind: 'whole',
      least: 1,
      most: 1_000,
      default: 5,
      help: 'how often each path is measured, in turn with the limit it is compared with',
    },
    seconds: { kind: 'whole', least: 1, most: 3_600, default: 3, help: 'how long each time' },
    waiting: {
      kind: 'whole',
      least: 1,
      most: 10_000_000,
      default: 1_000_000,
      help: 'the length of the line that growth is measured with',
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
