import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connectDb, type Sql } from '@shopfast/db/client';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { startStores } from '@shopfast/sandbox/stores/start';
import { startProcess } from '@shopfast/sandbox/system/processes';
import { makeSecrets } from '@shopfast/sandbox/system/secrets';
import { cpuByName } from '../crowd/processes.ts';
import { setMail, setPayment } from '../misbehave.ts';
import { watchConnections } from '../peak-connections.ts';
import { type Course, type Measured, sumUp } from './measured.ts';
import { sendCrowd } from './send-crowd.ts';

const PRODUCT = 'sneaker';
const ROLE = 'old_shop';
/** The 100 connections of Postgres, minus three that it reserves for its owner and two for our measurements. */
const POOL = 95;
const PROBES = 5;

export async function measureOldShop(course: Course, lifecycle: Lifecycle): Promise<Measured> {
  const { units, paymentMs, mailMs, signal } = course;
  const shop = await startOldShop(units, lifecycle);
  await setPayment(shop, { latency_ms: paymentMs });
  await setMail(shop, { delay_ms: mailMs });
  const queriesPerOrder = await countQueries(shop);

  const connections = watchConnections(shop.sql, ROLE);
  const cpuBefore = cpuByName(new Map()).postgres ?? 0;
  const to = { shop: 'old', gateway: shop.url, room: '', productId: PRODUCT, claimSeconds: 0 } as const;
  const { calls } = await sendCrowd(to, course, lifecycle, signal);
  const sold = await untilAllIsSold(shop.sql);
  return sumUp('old', course, calls, {
    ...{ sold, queriesPerOrder, peakConnections: await connections.stop() },
    databaseCpuSeconds: (cpuByName(new Map()).postgres ?? 0) - cpuBefore,
  });
}

async function startOldShop(units: number, lifecycle: Lifecycle) {
  const stores = await startStores({ parts: ['postgres'] });
  lifecycle.onClose('stores', () => stores.stop());
  const { databaseUrl } = stores.urls;
  const { sql } = connectDb(databaseUrl, { name: 'lab', max: 2, lifecycle, log: createLog('lab', 'error') });
  const password = randomBytes(16).toString('hex');
  await sql.unsafe(await readFile(join(import.meta.dirname, 'schema.sql'), 'utf8'));
  await sql.unsafe(`create role ${ROLE} login password '${password}';
    grant select, insert, update on all tables in schema public to ${ROLE}`);
  await sql`create extension if not exists pg_stat_statements`;
  await sql`insert into products values (${PRODUCT}, 'Sneaker', 4900), ('probe', 'Probe', 4900)`;
  await sql`insert into inventory values (${PRODUCT}, ${units}), ('probe', ${PROBES})`;
  const roleUrl = new URL(databaseUrl);
  [roleUrl.username, roleUrl.password] = [ROLE, password];

  const secrets = makeSecrets();
  const launch = async (name: string, entry: string, env: Record<string, string>) => {
    const file = join(import.meta.dirname, '../..', entry);
    const managed = await startProcess({
      name,
      entry: file,
      env: { LOG_LEVEL: 'warn', ...env },
      logFile: '/dev/null',
    });
    lifecycle.onClose(name, () => managed.stop());
    return managed;
  };
  const inbox = await launch('inbox', 'sandbox/src/inbox/serve.ts', { PORT: '0', SMTP_PORT: '0' });
  const stripe = await launch('stripe', 'sandbox/src/stripe/serve.ts', {
    ...{ PORT: '0', STRIPE_SECRET_KEY: secrets.stripeKey, WEBHOOK_SECRET: secrets.webhookSecret },
  });
  const shop = await launch('old-shop', 'artillery/baseline/serve.ts', {
    ...{ DATABASE_URL: roleUrl.href, DATABASE_POOL: String(POOL), SMTP_URL: inbox.address('smtp_url') },
    ...{ STRIPE_SECRET_KEY: secrets.stripeKey, STRIPE_API_BASE: stripe.address() },
  });
  return { sql, url: shop.address(), urls: { inbox: inbox.address(), stripe: stripe.address() } };
}

/** Without `begin` and `commit`. */
async function countQueries({ sql, url }: { sql: Sql; url: string }): Promise<number> {
  await sql`select pg_stat_statements_reset()`;
  for (let probe = 0; probe < PROBES; probe += 1) {
    const order = { product_id: 'probe', quantity: 1, email: `probe-${probe}@shopfast.example` };
    const answer = await fetch(`${url}/orders`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ ...order, payment_method: 'pm_card_visa' }),
    });
    if (!answer.ok) throw new Error(`the old shop answered an order with ${answer.status}`);
  }
  const [counted] = await sql<{ calls: number }[]>`
    select coalesce(sum(calls), 0)::int as calls from pg_stat_statements s join pg_roles r on r.oid = s.userid
    where r.rolname = ${ROLE} and s.query not ilike 'begin%' and s.query not ilike 'commit%'
      and s.query not ilike '%pg_catalog%'`;
  return (counted?.calls ?? 0) / PROBES;
}

/** The old shop still processes orders of shoppers who have left. @returns units of paid orders */
async function untilAllIsSold(sql: Sql): Promise<number> {
  for (;;) {
    const [now] = await sql<[{ sold: number; busy: number }]>`
      select (select coalesce(sum(quantity), 0)::int from orders where status = 'paid' and product_id = ${PRODUCT}) as sold,
             (select count(*)::int from pg_stat_activity where usename = ${ROLE} and state <> 'idle') as busy`;
    if (now.busy === 0) return now.sold;
    await wait(250);
  }
}
