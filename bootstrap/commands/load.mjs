import { defineCommand } from '../command-line.mjs';

export const load = defineCommand({
  usage: 'npm run load',
  summary: 'Sends shoppers to a shop: one that is started for the run, or one of yours.',
  operands: '[second file of --compare]',
  options: {
    scenario: { kind: 'text', sample: 'journey', help: 'what the shoppers do, see below' },
    shoppers: { kind: 'whole', least: 1, most: 1_000_000, sample: '500', help: 'number of shoppers' },
    seconds: { kind: 'whole', least: 1, most: 86_400, sample: '10', help: 'seconds in which they arrive' },
    units: { kind: 'whole', least: 1, most: 1_000_000, sample: '50', help: 'how many units are for sale' },
    rate: { kind: 'whole', least: 1, most: 60_000, sample: '600', help: 'how many are admitted per minute' },
    target: {
      kind: 'text',
      sample: 'https://shop.example',
      help: 'a running gateway; without it a whole shop is started, and stopped at the end',
    },
    'admin-key': {
      kind: 'text',
      sample: 'adm_…',
      help: 'of the target (or ADMIN_KEY in the environment): makes a sale for this run there',
    },
    metrics: {
      kind: 'text',
      sample: 'http://…/metrics',
      help: 'address of that gateway’s metrics, to judge its memory (soak)',
    },
    room: { kind: 'text', sample: 'launch', help: 'without a key: an existing room' },
    product: { kind: 'text', sample: 'sneaker', help: 'without a key: an existing product' },
    deadline: {
      kind: 'whole',
      least: 1,
      most: 86_400,
      sample: '300',
      help: 'ends after this many seconds, finished or not (default: from the rate of the room)',
    },
    'i-own-this-host': {
      kind: 'flag',
      help: 'needed for a target on another machine: put load on your own machines only',
    },
    output: { kind: 'text', default: 'reports', help: 'folder of the report' },
    json: { kind: 'flag', help: 'crowd, baseline: the figures of the report as JSON in the last line' },
    compare: { kind: 'text', sample: 'a.json b.json', help: 'a page that compares two reports of crowd' },
  },
  more: `Scenarios that artillery sends:
  journey    join, poll, claim, order, follow the order until it is paid, at a steady rate
  rush       the same, all within one second
  ramp       the same, more every second; the busiest third is compared with the first
  soak       a steady stream for ten minutes, everybody buys; the last third is compared with the first
  lobby      everybody joins before the start, then comes a lottery, and everybody checks the draw
  bots       one in five forges, replays, floods or never ends a request; the others are shoppers
  browse     visitors who only look: waiting page, status, catalogue, entrance of the shop

Scenarios that a program of our own sends (crowd is the default when --shoppers is given without --target):
  crowd      100,000 at once: npm run load -- --shoppers 100000 --units 50
  baseline   the same crowd at the old shop that ShopFast replaces, and at ShopFast`,
});
