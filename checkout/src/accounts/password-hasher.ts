import { Worker } from 'node:worker_threads';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { HashResult, HashTask } from './hash-thread.ts';

export type PasswordHasher = {
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
};

type Waiting = { resolve(result: HashResult): void; reject(error: Error): void };
/** A task without its id. The conditional type keeps the union's members apart. */
type Asked = HashTask extends infer Task ? (Task extends HashTask ? Omit<Task, 'id'> : never) : never;

/**
 * Hashes passwords one after the other in one thread, which starts on first use. The caller must bound how many wait.
 */
export function createPasswordHasher(lifecycle: Lifecycle): PasswordHasher {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let lastId = 0;
  lifecycle.onClose('password hasher', () => thread?.terminate());

  const start = (): Worker => {
    const started = new Worker(new URL('./hash-thread.ts', import.meta.url));
    started.on('message', (result: HashResult) => {
      waiting.get(result.id)?.resolve(result);
      waiting.delete(result.id);
    });
    const fail = (error: Error) => {
      if (thread === started) thread = undefined;
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
    };
    started.on('error', fail);
    started.on('exit', () => fail(new Error('the password thread has ended')));
    // The request awaits its own task; the thread alone does not keep the process alive.
    started.unref();
    return started;
  };

  const run = (task: Asked): Promise<HashResult> =>
    new Promise((resolve, reject) => {
      thread ??= start();
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      thread.postMessage({ ...task, id: lastId });
    });

  return {
    hash: async (password) => {
      const result = await run({ kind: 'hash', password });
      if (!('hash' in result)) throw new Error('the password thread answered another task');
      return result.hash;
    },
    verify: async (password, hash) => {
      const result = await run({ kind: 'verify', password, hash });
      if (!('matches' in result)) throw new Error('the password thread answered another task');
      return result.matches;
    },
  };
}
