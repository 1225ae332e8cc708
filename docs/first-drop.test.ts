import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, startProgram } from '@shopfast/demo/start/started.fixture';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** A command of the tutorial, and what it says the reader sees: `…` stands for any text within a line. */
type Block = { command: string; expected: string };

let folder: string;
let system: ReturnType<typeof startProgram> | undefined;
let bash: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'first-drop-'));
  // As root, Postgres runs as another user and has to get in.
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  bash?.kill('SIGKILL');
  system?.child.kill('SIGINT');
  await system?.exited;
  rmSync(folder, { recursive: true, force: true });
});

function readTutorial(): Block[] {
  const text = readFileSync(join(import.meta.dirname, 'first-drop.md'), 'utf8');
  const blocks: Block[] = [];
  for (const [, language, content = ''] of text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (language === 'sh') blocks.push({ command: content, expected: '' });
    else if (language === 'text') (blocks.at(-1) as Block).expected = content;
  }
  return blocks;
}

/** The ports that the tutorial names, counted from 3000, as those of a system on another port. */
const onPort = (port: number, text: string) =>
  text.replace(
    /(localhost|127\.0\.0\.1):3(\d{3})\b/g,
    (_, host, offset) => `${host}:${port + Number(offset)}`,
  );

function patternOf(expected: string): RegExp {
  const parts = expected.trim().split('…');
  return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.+')}$`);
}

const SEPARATOR = '\u001e';

/** Runs all commands in one bash, as a reader does in one terminal. */
function runInBash(blocks: Block[]) {
  const script = blocks.map(({ command }) => `${command}printf '\\036'\n`).join('');
  const shell = spawn('bash', ['-c', `exec 2>&1\nset -euo pipefail\n${script}`], {
    // The commands ask this machine alone.
    env: { ...process.env, no_proxy: '*' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  bash = shell;
  let printed = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  let exitCode: number | null = null;
  shell.on('close', (code) => {
    exitCode = code;
  });
  return { exitCode: () => exitCode, printed: () => printed.split(SEPARATOR) };
}

test('docs/first-drop.md can be followed word for word, and shows what the reader sees', async () => {
  const [start, addresses, ...blocks] = readTutorial() as [Block, Block, ...Block[]];
  expect(start.command).toBe('npm start\n');
  expect(blocks.length).toBeGreaterThan(25);
  // All later commands get the addresses from the variables.
  for (const { command } of blocks) expect(command).not.toMatch(/localhost|127\.0\.0\.1/);

  const port = await freePorts();
  const started = startProgram(['--port', String(port)], folder);
  system = started;
  await vi.waitFor(() => expect(started.said()).toContain('Ctrl-C stops everything.'), {
    timeout: 120_000,
    interval: 100,
  });
  expect(started.printed().trim()).toMatch(patternOf(onPort(port, start.expected)));

  const key = /Admin key +(adm_\w+)/.exec(started.printed())?.[1] as string;
  expect(addresses.command).toContain('KEY=adm_paste_yours_here\n');
  addresses.command = onPort(port, addresses.command).replace('adm_paste_yours_here', key);
  const all = [addresses, ...blocks];
  const reader = runInBash(all);
  const whereItStands = () =>
    `${all[reader.printed().length - 1]?.command}printed: ${reader.printed().at(-1)}`;
  await vi.waitFor(() => expect(reader.exitCode(), whereItStands()).not.toBeNull(), {
    timeout: 240_000,
    interval: 100,
  });

  for (const [at, printed] of reader.printed().slice(0, all.length).entries()) {
    const { command, expected } = all[at] as Block;
    expect(printed.trim(), command).toMatch(patternOf(expected));
  }
  expect(reader.exitCode(), whereItStands()).toBe(0);
  expect(reader.printed()).toHaveLength(all.length + 1);

  started.child.kill('SIGINT');
  expect(await started.exited).toEqual([0, null]);
}, 400_000);
