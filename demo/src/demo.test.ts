import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, 'main.ts');
let folder: string;
let child: ChildProcess | undefined;

// Every part of a demo inherits its TMPDIR: it identifies leftovers of this demo.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-test-'));
  // As root, Postgres runs as another user and must be able to enter.
  chmodSync(folder, 0o755);
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function startDemo(args: string[]) {
  const started = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  const output = { stdout: '', stderr: '' };
  started.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  const waiting: Array<{ text: string; resolve: () => void }> = [];
  started.stderr.on('data', (chunk) => {
    output.stderr += chunk;
    for (const { text, resolve } of waiting) if (output.stderr.includes(text)) resolve();
  });
  const exited = new Promise<number | null>((resolve) => started.once('close', resolve));
  return {
    output,
    exited,
    process: started,
    /** Resolves when the demo has printed the text, or has ended. */
    says: (text: string) =>
      Promise.race([exited, new Promise<void>((resolve) => waiting.push({ text, resolve }))]),
  };
}

/** The processes that run with this test's TMPDIR. */
function leftProcesses(): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    });
}

function expectNothingLeft() {
  expect(leftProcesses()).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
}

test('a small sale passes every guarantee, prints the report and leaves nothing behind', {
  timeout: 120_000,
}, async () => {
  const demo = startDemo(['--shoppers', '300', '--units', '15', '--rate', '3000', '--json']);
  const code = await demo.exited;
  expect(demo.output.stdout + demo.output.stderr).not.toContain('VIOLATED');
  expect(code).toBe(0);
  const report = JSON.parse(demo.output.stdout.trim().split('\n').at(-1) ?? '');
  expect(report).toMatchObject({
    ok: true,
    shoppers: 300,
    joined: 300,
    units: 15,
    sold: 15,
    oversold: 0,
    http: { errors: 0 },
    admission: { per_minute: 3_000, max_active: 500 },
    db: { statements_per_order: 1 },
  });
  expect(report.emails.delivered).toBe(report.emails.expected);
  expect(report.orders.failed).toBeGreaterThan(0);
  for (const entry of Object.values<{ tried: number; refused: number }>(report.refusals)) {
    expect(entry.tried).toBeGreaterThan(0);
    expect(entry.refused).toBe(entry.tried);
  }
  expectNothingLeft();
});

test('behind PgBouncer in transaction mode every guarantee holds too, with two gateways on a Redis Cluster', {
  timeout: 120_000,
}, async () => {
  const sale = ['--shoppers', '60', '--units', '10', '--rate', '3000'];
  const demo = startDemo([...sale, '--pooler', '--cluster', '--json']);
  expect(await demo.exited, demo.output.stdout + demo.output.stderr).toBe(0);
  const report = JSON.parse(demo.output.stdout.trim().split('\n').at(-1) ?? '');
  expect(report).toMatchObject({ ok: true, joined: 60, sold: 10, oversold: 0, http: { errors: 0 } });
  expect(report.db.statements_per_order).toBe(1);
  // Three for each of the three services, the demo's own, and the one that counts them. The gateways share the pool.
  expect(report.db.peak_connections).toBeLessThanOrEqual(11);
  expectNothingLeft();
});

/** Few people and a low rate: somebody is in line for 20 s, so the crowd is there when the demo is interrupted. */
const SLOW_SALE = ['--shoppers', '20', '--units', '10', '--rate', '60'];

test.each([
  ['a closed terminal while it starts', 'starting gateway', 'SIGHUP'],
  ['Ctrl-C in the middle of the crowd', 'shoppers come', 'SIGINT'],
] as const)('%s leaves no process and no folder', { timeout: 120_000 }, async (_, moment, signal) => {
  const demo = startDemo(SLOW_SALE);
  await demo.says(moment);
  expect(leftProcesses().length).toBeGreaterThan(1);
  demo.process.kill(signal);
  expect(await demo.exited).toBe(130);
  expectNothingLeft();
});

test('kill -9 in the middle of the crowd leaves no process and no folder', { timeout: 120_000 }, async () => {
  const demo = startDemo(SLOW_SALE);
  await demo.says('shoppers come');
  expect(leftProcesses().length).toBeGreaterThan(1);
  demo.process.kill('SIGKILL');
  await demo.exited;
  await expect.poll(leftProcesses, { timeout: 30_000, interval: 100 }).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test('invalid options get a clear answer and start nothing', async () => {
  const demo = startDemo(['--units', '0', '--rate', '0']);
  expect(await demo.exited).toBe(2);
  expect(demo.output.stderr).toContain('--units must be a whole number from 1');
  expect(demo.output.stderr).toContain('--rate must be a whole number from 1');
  expect(demo.output.stderr).toContain('Usage:');
  expectNothingLeft();
});
