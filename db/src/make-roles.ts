// Makes the Postgres roles of the services, or renews their rights: `node db/src/make-roles.ts`.
import { randomBytes } from 'node:crypto';
import { readCommandLine } from '@shopfast/bootstrap/command-line';
import { databaseRoles } from '@shopfast/bootstrap/commands/database';
import postgres from 'postgres';
import { runCommand } from './command.ts';
import { rolesEnv } from './env.ts';
import {
  ensureServiceRoles,
  roleOf,
  SERVICES,
  type ServiceName,
  servicesWithRole,
  serviceUrl,
} from './roles.ts';

await runCommand(databaseRoles, async () => {
  const { values } = readCommandLine(databaseRoles, process.argv.slice(2));
  const env = rolesEnv();
  const given: Partial<Record<ServiceName, string>> = {
    ...(env.GATEWAY_PASSWORD ? { gateway: env.GATEWAY_PASSWORD } : {}),
    ...(env.CHECKOUT_PASSWORD ? { checkout: env.CHECKOUT_PASSWORD } : {}),
    ...(env.WORKERS_PASSWORD ? { workers: env.WORKERS_PASSWORD } : {}),
  };
  const made: Partial<Record<ServiceName, string>> = {};
  const sql = postgres(env.DATABASE_URL, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'roles' },
  });
  try {
    // All or nothing: a made password is shown only if its role has it.
    await sql.begin(async (transaction) => {
      const known = await servicesWithRole(transaction);
      for (const service of SERVICES)
        if (!given[service] && (values['new-passwords'] || !known.includes(service)))
          made[service] = randomBytes(24).toString('hex');
      await ensureServiceRoles(transaction, { ...given, ...made });
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
  console.log(`The roles ${SERVICES.map(roleOf).join(', ')} are up to date.`);
  const urls = SERVICES.flatMap((service) => {
    const password = made[service];
    return password
      ? [`${service.padEnd(8)}   DATABASE_URL=${serviceUrl(env.DATABASE_URL, service, password)}`]
      : [];
  });
  if (urls.length > 0)
    console.log(
      `\nNew passwords. They are not shown again, and nothing else stores them:\n  ${urls.join('\n  ')}`,
    );
});
