// All messages go to stderr: a command's stdout has only its result (`--json`).

/** An error that the user must fix; shown without a stack. */
export class SetupError extends Error {}

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Shows that something is running: one line with the seconds on a terminal, otherwise a line now and then.
 * @param {string} title
 * @param {() => string} latest what is happening now, shown after the seconds
 * @returns a function that ends it; pass whether it succeeded
 */
export function showProgress(title, latest = () => '') {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const onTerminal = process.stderr.isTTY;
  const now = () => {
    const line = latest().replace(/\s+/g, ' ').trim();
    const room = (onTerminal ? (process.stderr.columns ?? 80) : 120) - title.length - 16;
    return line === '' || room < 10 ? '' : `  ${line.slice(0, room)}`;
  };
  const draw = () => process.stderr.write(`\r\x1b[2K${title} … ${seconds()} s${now()}`);
  if (onTerminal) draw();
  else say(`${title} …`);
  const timer = setInterval(
    onTerminal ? draw : () => say(`  still working, ${seconds()} s${now()}`),
    onTerminal ? 1000 : 15_000,
  );
  return (wentWell) => {
    clearInterval(timer);
    if (onTerminal) process.stderr.write('\r\x1b[2K');
    say(`${title}: ${wentWell ? 'done' : 'failed'} after ${seconds()} s`);
  };
}
