import { defineCommand } from '../command-line.mjs';

export const start = defineCommand({
  usage: 'npm start',
  summary:
    'Starts the whole system and keeps it running: waiting room, shop, dashboard and inbox, with a sale to click through.',
  options: {
    units: {
      kind: 'whole',
      least: 1,
      most: 100_000,
      default: 50,
      why: 'a sale needs something to sell',
      help: 'how many units are for sale',
    },
    rate: {
      kind: 'whole',
      least: 1,
      most: 60_000,
      default: 60,
      why: 'with nobody admitted nothing is sold; pause a room to stop admission',
      help: 'how many are admitted per minute',
    },
    crowd: {
      kind: 'whole',
      least: 0,
      most: 2_000,
      default: 30,
      help: 'how many simulated shoppers stand in line; they never buy. 0: nobody',
    },
    port: {
      kind: 'whole',
      least: 1_024,
      most: 65_000,
      default: 3_000,
      help: 'of the gateway; the other parts use the port + 1, + 2, + 80 and + 90',
    },
    'log-level': {
      kind: 'choice',
      of: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      default: 'warn',
      help: 'of the services: trace, debug, info, warn, error, fatal or silent',
    },
  },
  more: `Real services are used if the environment names them: SMTP_URL with MAIL_FROM, STRIPE_SECRET_KEY with
STRIPE_WEBHOOK_SECRET, REDIS_URL, DATABASE_URL, PUBLIC_URL (docs/operations.md).`,
});
