import { defineCommand } from '../command-line.mjs';

export const seed = defineCommand({
  usage: 'npm run seed',
  summary:
    'Fills a system with samples: rooms in every state, products, orders, dead letters and an hour of history.',
  options: {
    target: {
      kind: 'text',
      sample: 'http://localhost:3000',
      help: 'a gateway; default: the system of "npm run dev" that runs',
    },
    'admin-key': { kind: 'text', sample: 'adm_…', help: "an owner's key of the target; default: as above" },
    database: {
      kind: 'text',
      sample: 'postgres://…',
      help: 'of the target, for what no call can make: expired orders, dead letters, history; default: as above',
    },
    'i-own-this-host': { kind: 'flag', help: 'needed for a target on another machine' },
    data: { kind: 'text', default: '.dev', help: 'the folder of the running "npm run dev"' },
    line: {
      kind: 'whole',
      least: 1,
      most: 20_000,
      default: 1_000,
      help: 'how many simulated shoppers stand in the longest line',
    },
  },
  more: `It can be repeated: rooms whose names begin with "seed-" are deleted first, and nothing else.
Use it on a system of your own only, never on a shop that sells.`,
});
