import { connectDb } from '@shopfast/db/client';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import { untilSettled } from '@shopfast/sandbox/checker/settled';
import { countStatements } from '@shopfast/sandbox/checker/statements';
import { openSale } from '@shopfast/sandbox/system/sale';
import { FREE_PORTS, type System, startSystem } from '@shopfast/sandbox/system/system';
import { cpuByName } from '../crowd/processes.ts';
import { admit, buy } from '../faults/buyer.ts';
import { openQuickSale, untilOnSale } from '../faults/shop.ts';
import { setMail, setPayment } from '../misbehave.ts';
import { watchConnections } from '../peak-connections.ts';
import { type Course, type Measured, sumUp } from './measured.ts';
import { sendCrowd } from './send-crowd.ts';

const ROOM = 'sale';
const PRODUCT = 'sneaker';
const CLAIM_SECONDS = 60;
const PROBES = 5;
const SETTLE_MS = 120_000;

export async function measureOurs(course: Course, lifecycle: Lifecycle): Promise<Measured> {
  const { units, paymentMs, mailMs, signal } = course;
  const system = await startSystem({ ports: FREE_PORTS, logLevel: 'warn' });
  lifecycle.onClose('system', system.stop);
  const log = createLog('lab', 'error');
  const { sql } = connectDb(system.databaseUrl, { name: 'lab', max: 2, lifecycle, log });
  const probe = await openProbe(system, signal);
  const { calls: statements } = await countStatements(sql, signal, probe);
  await openSale(system, {
    ...{ room: ROOM, name: 'The sale', productId: PRODUCT, units },
    settings: { admissions_per_minute: 600, claim_seconds: CLAIM_SECONDS },
  });
  await setPayment(system, { latency_ms: paymentMs });
  await setMail(system, { delay_ms: mailMs });

  const connections = watchConnections(sql, 'shopfast_%');
  const cpuBefore = cpuByName(new Map()).postgres ?? 0;
  const gateway = `http://127.0.0.1:${new URL(system.urls.gateway).port}`;
  const to = { shop: 'room', gateway, room: ROOM, productId: PRODUCT, claimSeconds: CLAIM_SECONDS } as const;
  const { calls } = await sendCrowd(to, course, lifecycle, signal);
  const { inbox, stripe } = system.urls;
  await untilSettled(
    { sql, inboxUrl: inbox, stripeUrl: stripe, room: ROOM },
    { withinMs: SETTLE_MS, signal },
  );
  const [stock] = await sql<{ sold: number }[]>`select sold from inventory where product_id = ${PRODUCT}`;
  return sumUp('ours', course, calls, {
    ...{ sold: stock?.sold ?? 0, queriesPerOrder: statements / PROBES },
    peakConnections: await connections.stop(),
    databaseCpuSeconds: (cpuByName(new Map()).postgres ?? 0) - cpuBefore,
  });
}

/** @returns a function that makes five orders in another room */
async function openProbe(system: System, signal: AbortSignal): Promise<() => Promise<void>> {
  const room = 'probe';
  const productId = await openQuickSale(system, room, PROBES);
  const market = { gatewayUrl: system.urls.gateway, room, productId, signal };
  const admitted = await admit(market, PROBES);
  await untilOnSale(market);
  return async () => {
    for (const one of admitted) await buy(market, one, () => 0.99);
  };
}
