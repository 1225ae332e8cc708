// Commands for the database of an installation. Their programs also run without npm: node db/src/migrate.ts.
import { defineCommand } from '../command-line.mjs';

const MORE_DATABASE =
  'DATABASE_URL (or a file with it, DATABASE_URL_FILE) leads to Postgres itself, not to a pooler.';

export const databaseMigrate = defineCommand({
  usage: 'npm run db:migrate',
  summary: 'Migrates the database to this version. It can run while the shop is open, and be repeated.',
  options: {},
  more: `${MORE_DATABASE}
Without npm, in a production tree: node db/src/migrate.ts`,
});

export const databaseRoles = defineCommand({
  usage: 'npm run db:roles',
  summary: 'Makes the Postgres role of each service, or renews its rights. Run it after each migration.',
  options: {
    'new-passwords': {
      kind: 'flag',
      help: 'roles that exist get a new password too, unless the environment has one',
    },
  },
  more: `${MORE_DATABASE} Its user may create roles.
GATEWAY_PASSWORD, CHECKOUT_PASSWORD and WORKERS_PASSWORD (or files with them, GATEWAY_PASSWORD_FILE and so on) are the
passwords of the roles. Without one, a role that exists keeps its password, and a new role gets a random one, which is
shown once.
Without npm, in a production tree: node db/src/make-roles.ts`,
});
