import { defineCommand } from '../command-line.mjs';

export const abuse = defineCommand({
  usage: 'npm run abuse',
  summary:
    'Sends requests that must be refused, and checks how each is refused. Exits with 1 if one was not refused.',
  options: {
    target: {
      kind: 'text',
      sample: 'http://localhost:3000',
      help: 'a running gateway on this machine; without it a whole system is started, and stopped at the end',
    },
    'i-own-this-target': {
      kind: 'flag',
      help: 'the target is an installation of your own on another machine',
    },
    'admin-key': {
      kind: 'text',
      sample: 'adm_…',
      help: "an owner's key of the target, to create rooms (or ADMIN_KEY in the environment)",
    },
    'webhook-secret': {
      kind: 'text',
      sample: 'whsec_…',
      help: "the secret of the target's payment webhook (or STRIPE_WEBHOOK_SECRET)",
    },
    inbox: {
      kind: 'text',
      sample: 'http://localhost:3080',
      help: 'the inbox of a target that runs on the sandbox',
    },
    gate: {
      kind: 'text',
      sample: '/shop',
      help: 'a path of the target behind a waiting room (default: /shop, if it is one)',
    },
    family: {
      kind: 'texts',
      sample: 'tokens',
      help: 'only this family: tokens, tickets, codes, proxy, framing, orders, accounts, webhooks, roles, text, slow, pages',
    },
    case: {
      kind: 'texts',
      sample: 'tokens/order-alg-none',
      help: 'only this case, or all cases with this prefix (tokens/gate-)',
    },
    reduced: { kind: 'flag', help: 'only the subset that npm test runs' },
    'at-once': { kind: 'whole', least: 1, most: 32, default: 6, help: 'parallel cases' },
    minutes: { kind: 'whole', least: 1, most: 120, default: 20, help: 'time limit of the whole run' },
    json: { kind: 'flag', help: 'also prints the cases that were not refused, as JSON in the last line' },
    list: { kind: 'flag', help: 'prints the cases and their expected answers; sends nothing' },
  },
  more: '--family and --case can be given several times.',
});
