import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Everything that would let a reader of the log act as somebody else: tickets, order tokens, admin keys, links of accounts' mails, invite and priority codes, JWTs, Stripe secrets. */
const SECRETS = /\b(?:tkt|ord|adm|acc|bnd|inv|pri|reh|sk|whsec)_[\w.~-]+/g;
/** Three parts and more, as a JWT has; none begins inside another, so that a text is read once. */
const DOTTED = /(?<![\w-])[\w-]+(?:\.[\w-]+){2,}/g;

/** Replaces secrets in a text by their prefix and "[redacted]". */
export function redactSecrets(text: string): string {
  return text
    .replace(SECRETS, (secret) => `${secret.slice(0, secret.indexOf('_') + 1)}[redacted]`)
    .replace(DOTTED, (parts) => parts.replace(/\beyJ.+/, 'jwt_[redacted]'));
}

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
