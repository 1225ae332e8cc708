import { type DestinationStream, type Logger, pino } from 'pino';
import { redactSecrets } from './secrets.ts';

export { redactSecrets };
export type Log = Logger;

/**
 * A JSON logger of one service. Each line passes {@link redactSecrets}, so that no field can leak a secret.
 * @param level a pino level, or "silent"
 */
export function createLog(service: string, level = 'info', destination?: DestinationStream): Log {
  const out = destination ?? gathered(standardOutput());
  return pino(
    { level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => out.write(redactSecrets(line)) },
  );
}

/**
 * Synchronous. With an asynchronous one, process.exit() never returns when the reader of our stdout was killed while
 * lines were pending (sonic-boom's flushSync retries an EPIPE for ever).
 */
const standardOutput = (): DestinationStream => pino.destination({ fd: 1, sync: true });

const GATHER_MS = 50;
/** Flush functions of all logs of this process. */
const flushes: Array<() => void> = [];

function writeAll(): void {
  for (const flush of flushes) flush();
}

/**
 * Writes the lines of 50 ms at once. Under load, one write per line costs as much as signing a token. A process that
 * exits by itself, even after an error, still writes all lines; kill -9 may lose the last ones.
 */
export function gathered(out: DestinationStream): DestinationStream {
  let lines = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const text = lines;
    lines = '';
    if (text) out.write(text);
  };
  if (flushes.push(flush) === 1) process.once('exit', writeAll);
  return {
    write(line) {
      lines += line;
      timer ??= setTimeout(flush, GATHER_MS).unref();
    },
  };
}
