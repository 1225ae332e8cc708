import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portOf } from '@shopfast/kit/port-of';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PLACE, ROOM } from './processors/documents.fixture.ts';

let folder: string;
let child: ChildProcess | undefined;
// Every part of a run inherits its TMPDIR: it identifies leftovers of this run.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'load-test-'));
  // As root, Postgres runs as another user and must be able to enter.
  chmodSync(folder, 0o755);
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `npm run load`, after everything is installed. */
async function load(...args: string[]): Promise<{ exitCode: number | null; said: string }> {
  const program = join(import.meta.dirname, 'run.ts');
  const started = spawn(process.execPath, [program, '--output', join(folder, 'reports'), ...args], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let said = '';
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const exitCode = await new Promise<number | null>((resolve) => started.once('close', resolve));
  return { exitCode, said };
}

function reportOf(): { aggregate: { counters: Record<string, number> } } {
  const [name = ''] = readdirSync(join(folder, 'reports'));
  return JSON.parse(readFileSync(join(folder, 'reports', name), 'utf8'));
}

function leftProcesses(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  });
}

test('fifty shoppers complete a journey through a shop that is started for them: every threshold holds, nothing is left behind', {
  timeout: 120_000,
  // Thresholds include latencies: a run on a busy machine may be repeated once.
  retry: 1,
}, async () => {
  const { exitCode, said } = await load(
    ...['--scenario', 'journey', '--shoppers', '50', '--units', '5', '--seconds', '4'],
  );
  expect(exitCode, said).toBe(0);
  expect(said).not.toContain('FAIL');
  expect(said.match(/^ {2}ok {4}/gm)?.length).toBeGreaterThan(5);
  expect(reportOf().aggregate.counters).toMatchObject({
    'shoppers.joined': 50,
    'shoppers.ordered': 5,
    'shoppers.paid': 5,
    'shoppers.sold_out': 45,
  });
  expect(leftProcesses()).toEqual([]);
  expect(readdirSync(folder)).toEqual(['reports']);
});

test('with a gateway that loses its shoppers, thresholds fail and the exit code shows it', {
  timeout: 60_000,
}, async () => {
  const server = await gatewayThatForgets();
  try {
    const target = `http://127.0.0.1:${portOf(server)}`;
    const { exitCode, said } = await load(
      ...['--scenario', 'journey', '--shoppers', '50', '--target', target],
    );
    expect(exitCode, said).toBe(1);
    expect(said).toMatch(/^ {2}FAIL {2}shoppers\.unexpected == 0$/m);
    expect(said).toMatch(/^ {4}50 × poll: 410 ticket_expired$/m);
    expect(said).toMatch(/^ {2}ok {4}shoppers\.joined == vusers\.created$/m);
    // Nobody ordered, so there are no latencies to judge.
    expect(said).toMatch(/^ {2}ok {4}shoppers\.ordered == 0 or order_ms\.p99 < 2000$/m);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Accepts every join and forgets the ticket. */
async function gatewayThatForgets(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    const answer = (code: number, document: object) =>
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(document));
    if (request.url?.endsWith('/status'))
      return answer(200, { ...ROOM, admissions_per_minute: 600, remaining: 5 });
    if (request.method === 'POST') return answer(201, { ...PLACE, poll_after_ms: 200 });
    return answer(410, { code: 'ticket_expired' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
