import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sql } from '@shopfast/db/client';
import { type Purchase, purchase } from '@shopfast/db/orders/purchase';
import postgres from 'postgres';

const CLIENTS = 4;

/**
 * The purchase as a pgbench script: the checkout's own statement, recorded while one order is placed, with a new token,
 * customer and order each time.
 */
export async function purchaseScript(databaseUrl: string, productId: string): Promise<string> {
  const request: Purchase = {
    orderId: randomUUID(),
    jti: `jti-${randomUUID()}`,
    ticketId: 'ticket',
    room: 'bench',
    epoch: 1,
    number: 1,
    items: [{ productId, quantity: 1, quotedPrice: 4_900 }],
    ...{ tax: 0, shipping: 0, destination: null },
    email: `${randomUUID()}@example.com`,
    userId: null,
    paymentMethod: 'pm_card_visa',
    idempotencyKey: randomUUID(),
    requestHash: 'a'.repeat(64),
    locale: null,
    holdUntil: new Date(Date.now() + 600_000),
    now: new Date(),
  };
  const sent: Array<{ text: string; values: unknown[] }> = [];
  const sql = postgres(databaseUrl, {
    max: 1,
    debug: (_connection, text, values) => void sent.push({ text, values }),
  });
  // The cast: our own type of a connection also has the settings of a pool, which one statement does not need.
  const result = await purchase(sql as unknown as Sql, request);
  await sql.end({ timeout: 5 });
  const statement = sent.find(({ text }) => text.includes('insert into orders'));
  if (result.outcome !== 'placed' || !statement) throw new Error(`no purchase to measure: ${result.outcome}`);

  const different = new Map<unknown, string>([
    [request.orderId, 'md5((:n)::text)::uuid::text'],
    [request.jti, "'jti-' || (:n)::text"],
    [request.email, "(:n)::text || '@example.com'"],
    [request.idempotencyKey, '(:n)::text'],
  ]);
  const text = statement.text.replaceAll(/\$(\d+)/g, (_, at) => {
    const value = statement.values[Number(at) - 1];
    return `(${different.get(value) ?? literal(value)})`;
  });
  // In one line, as pgbench wants it: a comment would take the rest with it.
  const line = text.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ');
  return `\\set n random(1, 9000000000000000000)\n${line};\n`;
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  const text = Array.isArray(value) ? `{${value.map(element).join(',')}}` : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

const element = (value: unknown) => (value === null ? 'NULL' : `"${String(value)}"`);

/** Runs a script with as many connections as the checkout has. @returns transactions per second */
export async function runPgbench(databaseUrl: string, script: string, seconds: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'shopfast-pgbench-'));
  try {
    const file = join(folder, 'purchase.sql');
    await writeFile(file, script);
    const args = [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(CLIENTS),
      '-j',
      '1',
      '-T',
      String(seconds),
      '-f',
      file,
    ];
    const { stdout } = await promisify(execFile)('pgbench', [...args, databaseUrl], {
      timeout: (seconds + 30) * 1_000,
    });
    const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
    const failed = /^number of failed transactions: (\d+)/m.exec(stdout)?.[1] ?? '0';
    if (!tps || failed !== '0') throw new Error(`pgbench printed no result:\n${stdout}`);
    return Number(tps);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
