import { defineCommand } from '../command-line.mjs';

export const faults = defineCommand({
  usage: 'npm run faults',
  summary: 'Breaks parts of a running system while people buy, then checks every guarantee.',
  options: {
    scenario: {
      kind: 'choice',
      of: ['whole-system', 'waiting-room', 'buying', 'slow-payments', 'rate'],
      default: 'whole-system',
      help: 'the scenario, see below',
    },
    runs: {
      kind: 'whole',
      least: 1,
      most: 10_000,
      sample: '50',
      help: 'how often (buying: 20 of each kind; slow-payments: 5 rounds)',
    },
    seed: {
      kind: 'text',
      default: '1',
      help: 'random seed; 1.17 repeats the 17th run of whole-system with seed 1',
    },
    only: {
      kind: 'texts',
      sample: 'half-open',
      help: 'whole-system: only this kind; can be given several times',
    },
    at: { kind: 'text', sample: '"workers to Redis"', help: 'whole-system: only at this place' },
    kind: {
      kind: 'texts',
      sample: '"kill worker"',
      help: 'buying: only this kind; can be given several times',
    },
    gateways: { kind: 'text', sample: '3', help: 'waiting-room: how many; rate: a list, such as 1,3,8' },
    seconds: { kind: 'whole', least: 75, most: 3_600, default: 180, help: 'rate: how long' },
    json: { kind: 'flag', help: 'whole-system: everything as JSON in the last line' },
  },
  more: `Scenarios:
  whole-system    the whole shop under a crowd, a fault in each run, on a schedule (default)
  waiting-room    several gateways: one dies, Redis restarts or loses everything
  buying          500 buyers, a fault of each kind at a random moment, repeatedly
  slow-payments   orders while payments are slow or down
  rate            accuracy of the rate with 1 to 8 gateways

Kinds of whole-system: latency, bandwidth, cut, half-open, reset, STOP, KILL, restart, empty, payment, mail
Kinds of buying: kill checkout, kill worker, restart Postgres, restart jobs Redis, empty jobs Redis, payment slow,
  payment hanging, payment failing, webhooks doubled and shuffled, SMTP refusing, SMTP hanging, SMTP losing answers`,
});
