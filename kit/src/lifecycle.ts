import { createDrain, type Drain } from './drain.ts';
import type { Log } from './log.ts';

type Close = () => unknown | Promise<unknown>;

/**
 * Everything that was opened, in order. Closing runs in reverse order, continues after a failure and throws the first
 * one. SIGTERM, a failed start and a test's teardown all use it.
 */
export type Lifecycle = {
  /** Registers how to close what was just opened. */
  onClose(name: string, close: Close): void;
  /** Closes everything once. A second call waits for the first. */
  close(): Promise<void>;
};

export function createLifecycle(log?: Log): Lifecycle {
  const opened: Array<{ name: string; close: Close }> = [];
  let closing: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let entry = opened.pop(); entry; entry = opened.pop()) {
      try {
        await entry.close();
      } catch (error) {
        log?.error({ err: error, part: entry.name }, 'a part did not close cleanly');
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  return {
    onClose: (name, close) => void opened.push({ name, close }),
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}

/** The time that closing may take. */
const STOP_WITHIN_MS = 15_000;

/**
 * Runs a service until it must stop: at SIGINT, SIGTERM, or when the parent that started it with an IPC channel exits.
 * So no process outlives a crashed or killed parent. Exits 0 after a clean close, else 1.
 * @param drain what SIGTERM waits for before anything is closed
 */
export async function runService(
  log: Log,
  start: (lifecycle: Lifecycle) => Promise<void>,
  drain: Drain = createDrain(0),
): Promise<void> {
  const lifecycle = createLifecycle(log);
  let stopping = false;

  const stop = async (reason: string, exitCode: number) => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    const deadline = setTimeout(() => process.exit(1), STOP_WITHIN_MS + drain.ms);
    deadline.unref();
    drain.begin();
    if (reason === 'SIGTERM') await drain.wait();
    const clean = await lifecycle.close().then(
      () => true,
      () => false,
    );
    process.exit(clean ? exitCode : 1);
  };

  process.once('SIGTERM', () => void stop('SIGTERM', 0));
  process.once('SIGINT', () => void stop('SIGINT', 0));
  if (process.send) {
    process.once('disconnect', () => void stop('the parent process has exited', 0));
    // The parent may have exited while our modules were loading. Then no event follows.
    if (!process.connected) await stop('the parent process has exited', 0);
  }
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'uncaught exception');
    void stop('uncaughtException', 1);
  });
  process.on('unhandledRejection', (err) => {
    log.fatal({ err }, 'unhandled rejection');
    void stop('unhandledRejection', 1);
  });

  try {
    await start(lifecycle);
  } catch (err) {
    log.fatal({ err }, 'could not start');
    await stop('start failed', 1);
  }
}
