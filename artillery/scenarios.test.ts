import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { botsTally } from './processors/abuse/bot.ts';
import { shoppersTally } from './processors/steps/shopper.ts';
import { visitorsTally } from './processors/steps/visitor.ts';
import { filesOf, SCENARIOS } from './scenarios.ts';

const FOLDER = join(import.meta.dirname, 'scenarios');

test('every scenario has its file, and every file is a scenario', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yml'));
  expect(files.toSorted()).toEqual(SCENARIOS.map(({ name }) => `${name}.yml`).toSorted());
});

test('the pool of connections is set, and artillery’s telemetry is off', () => {
  expect(readFileSync(join(FOLDER, 'shared/config.yml'), 'utf8')).toMatch(/http:\n +pool: \d+/);
  expect(readFileSync(join(import.meta.dirname, 'env.ts'), 'utf8')).toContain('ARTILLERY_DISABLE_TELEMETRY');
});

const COUNTERS = [
  ...[...shoppersTally.names, ...visitorsTally.names, ...botsTally.names],
  ...['vusers.created', 'gateway.memory_looks'],
];

describe.each(SCENARIOS)('$name', (scenario) => {
  const texts = filesOf(scenario).map((file) => readFileSync(file, 'utf8'));
  const [own = ''] = texts;
  const found = (pattern: RegExp) =>
    texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name as string));
  const thresholds = found(/^ +- expression: (.+)$/gm);

  test('starts with what it proves', () => {
    expect(own).toMatch(/^# [\s\S]*Proves that [\s\S]*?\nconfig:/);
  });

  test('fails on a lost shopper and on a wrong answer', () => {
    for (const counter of ['no_answer', 'unexpected'])
      expect(thresholds).toContainEqual(expect.stringMatching(new RegExp(`^\\w+\\.${counter} == 0$`)));
    expect(thresholds).toContainEqual(expect.stringMatching(/\.server_errors == (0|shoppers\.shed)$/));
    expect(thresholds).toContainEqual(
      expect.stringMatching(/\.(joined|came) == (vusers\.created|shoppers\.came)$/),
    );
  });

  test('calls only functions that its processor has', async () => {
    const [processor = ''] = found(/^ {2}processor: (\S+)$/gm);
    const functions = await import(join(FOLDER, processor));
    const called = found(/\b(?:function|beforeRequest|afterResponse|onError|ifTrue|whileTrue): (\w+)/g);
    expect(called.length).toBeGreaterThan(5);
    for (const name of called) expect(functions[name], name).toBeTypeOf('function');
  });

  test('has thresholds only on recorded metrics', () => {
    const calls = [...found(/^ +name: (\w+)$/gm), 'join_to_end'];
    for (const [counter] of thresholds.join('\n').matchAll(/\b[a-z]+\.[a-z_]+\b(?!\d)/g))
      expect(COUNTERS, counter).toContain(counter);
    for (const [metric, call = ''] of thresholds
      .join('\n')
      .matchAll(/\b([a-z_]+?)(?:_early|_late)?_(?:ms|mb)\.\w+/g))
      expect([...calls, 'gateway'], metric).toContain(call);
  });

  // Artillery substitutes values in an expression by text replacement.
  test('has no metric in a threshold whose name is part of another', () => {
    const metrics = new Set(thresholds.join('\n').match(/\b[a-z_]+\.\w+/g));
    for (const one of metrics)
      for (const other of metrics)
        expect(one === other || !other.includes(one), `${one} in ${other}`).toBe(true);
  });
});
