import type postgres from 'postgres';
import { TIME_LIMITS } from './client.ts';

/** Any connection, also with types of its own, and a transaction. */
type AnySql = Pick<postgres.Sql<Record<string, never>>, 'unsafe'>;

export const SERVICES = ['gateway', 'checkout', 'workers'] as const;
export type ServiceName = (typeof SERVICES)[number];

type Rights = 'select' | 'insert' | 'update' | 'delete';

/** Tables of which a service may read only some columns. */
const COLUMNS: Record<ServiceName, Record<string, string[]>> = {
  // Whether a token was spent, and nothing else of an order.
  gateway: { orders: ['jti'] },
  // Whether the room of a token sells. Its lottery seed stays with the gateway.
  checkout: { rooms: ['id', 'epoch', 'state', 'settings'] },
  workers: {},
};

/** The sequences that services use. */
const SEQUENCES: Partial<Record<ServiceName, string[]>> = { gateway: ['room_epochs'] };

/** The rights of each service. No service may delete orders, payments or the audit log. */
const GRANTS: Record<ServiceName, Record<string, Rights[]>> = {
  gateway: {
    revoked_tokens: ['select', 'insert', 'delete'],
    released_tokens: ['select', 'insert', 'delete'],
    revoked_codes: ['select', 'insert'],
    rooms: ['select', 'insert', 'update', 'delete'],
    code_uses: ['select', 'insert', 'update'],
    room_calls: ['select', 'insert', 'update'],
    room_seconds: ['select', 'insert', 'delete'],
    room_minutes: ['select', 'insert', 'update', 'delete'],
    webhooks: ['select', 'insert', 'delete'],
    webhook_deliveries: ['select', 'insert', 'update', 'delete'],
    webhook_backlogs: ['select', 'insert', 'update'],
    idempotent_requests: ['select', 'insert', 'update', 'delete'],
    room_themes: ['select', 'insert', 'update', 'delete'],
    room_templates: ['select', 'insert', 'update', 'delete'],
    signing_keys: ['select', 'insert', 'update'],
    api_keys: ['select', 'insert', 'update'],
    audit: ['select', 'insert'],
    turn_mails: ['insert'],
  },
  checkout: {
    products: ['select', 'insert', 'update'],
    api_keys: ['select'],
    audit: ['insert'],
    idempotent_requests: ['select', 'insert', 'update', 'delete'],
    revoked_tokens: ['select'],
    inventory: ['select', 'insert', 'update'],
    orders: ['select', 'insert', 'update'],
    order_items: ['select', 'insert'],
    order_lines: ['select'],
    payments: ['select', 'insert', 'update'],
    purchase_counts: ['select', 'insert', 'update'],
    payment_events: ['select', 'insert'],
    outbox: ['select', 'insert'],
    users: ['select', 'insert', 'update', 'delete'],
    sessions: ['select', 'insert', 'update', 'delete'],
    credentials: ['select', 'insert', 'update', 'delete'],
    verifications: ['select', 'insert', 'update', 'delete'],
    address_books: ['select', 'insert', 'update'],
    account_mails: ['insert'],
  },
  workers: {
    products: ['select'],
    inventory: ['select', 'update'],
    orders: ['select', 'update'],
    order_items: ['select'],
    order_lines: ['select'],
    payments: ['select', 'update'],
    purchase_counts: ['select', 'update'],
    payment_events: ['select', 'update', 'delete'],
    outbox: ['select', 'insert', 'update', 'delete'],
    emails: ['select', 'insert', 'update', 'delete'],
    dead_letters: ['select', 'insert', 'update'],
    account_mails: ['select', 'update', 'delete'],
    turn_mails: ['select', 'update', 'delete'],
    api_keys: ['select'],
    audit: ['insert'],
  },
};

/** @returns the services that have a role */
export async function servicesWithRole(sql: AnySql): Promise<ServiceName[]> {
  const rows = await sql.unsafe<{ rolname: string }[]>('select rolname from pg_roles');
  const names = new Set(rows.map(({ rolname }) => rolname));
  return SERVICES.filter((service) => names.has(roleOf(service)));
}

/**
 * Creates a login role for each service (`shopfast_gateway`, …) with the minimal rights, and with the time limits that
 * a pooler would not pass on. Repeating it renews limits and grants, and the given passwords.
 * @param sql as a user that may create roles, in the migrated database
 * @param passwords a role that exists keeps its password if none is given
 * @throws when a new role gets no password, or one that is too short
 */
export async function ensureServiceRoles(
  sql: AnySql,
  passwords: Partial<Record<ServiceName, string>>,
): Promise<void> {
  const known = await servicesWithRole(sql);
  for (const service of SERVICES) {
    const role = roleOf(service);
    const password = passwords[service];
    if (password !== undefined || !known.includes(service)) {
      const verb = known.includes(service) ? 'alter' : 'create';
      await sql.unsafe(`${verb} role ${role} login password '${checked(password)}'`);
    }
    for (const [limit, ms] of Object.entries(TIME_LIMITS))
      await sql.unsafe(`alter role ${role} set ${limit} = ${ms}`);
    for (const [table, rights] of Object.entries(GRANTS[service]))
      await sql.unsafe(`grant ${rights.join(', ')} on ${table} to ${role}`);
    for (const [table, columns] of Object.entries(COLUMNS[service]))
      await sql.unsafe(`grant select (${columns.join(', ')}) on ${table} to ${role}`);
    for (const sequence of SEQUENCES[service] ?? [])
      await sql.unsafe(`grant usage on sequence ${sequence} to ${role}`);
  }
}

/** The database URL of a service: the same servers and database, with its own role. */
export const serviceUrl = (adminUrl: string, service: ServiceName, password: string): string =>
  adminUrl.replace(
    /^(postgres(?:ql)?:\/\/)(?:[^@/]*@)?/,
    (_, scheme) => `${scheme}${roleOf(service)}:${password}@`,
  );

export const roleOf = (service: ServiceName): string => `shopfast_${service}`;

/** A password that is safe between quotes; `alter role` takes no parameters. */
function checked(password = ''): string {
  if (!/^[\w-]{16,}$/.test(password))
    throw new Error('the password of a role needs at least 16 letters, digits, - or _');
  return password;
}
