import { type DestinationStream, type Logger, pino } from 'pino';
import { redactSecrets } from './secrets.ts';

export { redactSecrets };
export type Log = Logger;

/**
 * A JSON logger of one service. Each line passes {@link redactSecrets}, whatever field a secret hides in.
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
 * Synchronous: an asynchronous one never returns from process.exit() when the reader of our stdout was killed with lines
 * still to be written (sonic-boom's flushSync tries an EPIPE again for ever).
 */
const standardOutput = (): DestinationStream => pino.destination({ fd: 1, sync: true });

const GATHER_MS = 50;
/** What is still to be written, of all logs of this process. */
const flushes: Array<() => void> = [];

function writeAll(): void {
  for (const flush of flushes) flush();
}

/**
 * Lines of 50 ms in one write: under a crowd a write for each costs as much as the signature of a token. A process that ends
 * by itself, well or not, still writes them all; kill -9 may lose the last of them.
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
