import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { present } from '@shopfast/kit/narrow';
import { type Call, readCalls } from './call-log.ts';
import type { Beat, FromGenerator, GeneratorConfig, GeneratorResults } from './messages.ts';

const TO_END_MS = 15_000;

export type Generators = {
  pids: number[];
  beats(): Beat[];
  /** Resolves when every shopper has finished, or `stop` was called. */
  done: Promise<GeneratorResults[]>;
  stop(): void;
  kill(): Promise<void>;
};

/** Starts the crowd's processes. @throws (from `done`) if one of them died */
export function startGenerators(each: GeneratorConfig[]): Generators {
  const children = each.map((config) => ({
    child: fork(join(import.meta.dirname, 'generator.ts'), { serialization: 'advanced' }),
    config,
  }));
  const beats: Beat[] = each.map(() => ({ joined: 0, ended: 0, inFlight: 0, queued: 0, delayMs: 0 }));
  const done = Promise.all(
    children.map(({ child, config }, at) => {
      child.send(config);
      return new Promise<GeneratorResults>((resolve, reject) => {
        child.on('message', (message: FromGenerator) => {
          if ('beat' in message) beats[at] = message.beat;
          else resolve(message.results);
        });
        child.once('exit', (code, signal) => reject(new Error(`a generator ended: ${signal ?? code}`)));
      });
    }),
  );
  done.catch(() => undefined);
  return {
    pids: children.map(({ child }) => present(child.pid, 'the id of a generator')),
    beats: () => beats,
    done,
    stop: () => {
      for (const { child } of children) if (child.connected) child.send('stop');
    },
    kill: async () => {
      await Promise.all(children.map(({ child }) => ended(child)));
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), TO_END_MS);
  await exit;
  clearTimeout(timer);
}

export const callsOf = (config: GeneratorConfig[]): Call[] =>
  config.flatMap(({ logFile }) => readCalls(readFileSync(logFile)));
