import { defineCommand } from '../command-line.mjs';

export const dev = defineCommand({
  usage: 'npm run dev',
  summary:
    'Starts the whole system for development: a change restarts the service that it is about and reloads the pages; data stays.',
  options: {
    port: {
      kind: 'whole',
      least: 1_024,
      most: 65_000,
      default: 3_000,
      help: 'of the pages; the other parts take the port + 1, + 2, + 3, + 80, + 81 and + 90',
    },
    data: {
      kind: 'text',
      default: '.dev',
      help: 'folder of the stores, the e-mails, the payments, the logs and the keys; the next start continues with it',
    },
    fresh: { kind: 'flag', help: 'begins with an empty folder' },
    'log-level': {
      kind: 'choice',
      of: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      default: 'info',
      help: 'of the services: trace, debug, info, warn, error, fatal or silent',
    },
  },
  more: `"npm run seed" fills it.
REDIS_URL, DATABASE_URL, SMTP_URL and others name real services to use instead (docs/operations.md).`,
});
