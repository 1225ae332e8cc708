import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './project.mjs';

/** @type {{ name: string, runtimeExecutable: string, program: string, args?: string[] }[]} */
const configurations = JSON.parse(readFileSync(join(root, '.vscode', 'launch.json'), 'utf8')).configurations;
const FILE = 'bootstrap/say.test.mjs';
const NAME = 'the latest line'; // of a test in that file

/**
 * Replaces the variables like the editor, with that file open and that text selected.
 * @param {string} text
 */
const filled = (text) =>
  text
    .replaceAll(`\${workspaceFolder}`, root)
    .replaceAll(`\${relativeFile}`, FILE)
    .replaceAll(`\${selectedText}`, NAME);

test.each(configurations)('$name: its programs are there', ({ runtimeExecutable, program }) => {
  expect(existsSync(filled(runtimeExecutable))).toBe(true);
  expect(existsSync(filled(program))).toBe(true);
});

test.each(configurations.filter(({ args }) => args))(
  '$name: runs one file and ends well',
  async ({ runtimeExecutable, program, args = [] }) => {
    /** @type {{ code: unknown, stdout: string }} */
    const { code, stdout } = await new Promise((resolve) => {
      const env = { ...process.env, VITEST: undefined, NO_COLOR: '1' };
      execFile(
        filled(runtimeExecutable),
        [program, ...args].map(filled),
        { cwd: root, env },
        (error, stdout) => resolve({ code: error?.code ?? 0, stdout }),
      );
    });
    expect(stdout).toMatch(/Test Files +1 passed \(1\)/);
    expect(code).toBe(0);
  },
);
