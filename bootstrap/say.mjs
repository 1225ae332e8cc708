// All words of the set-up go to stderr: the stdout of a command belongs to its result (`--json`).

/** Something that the reader of the message must mend; shown without a stack. */
export class SetupError extends Error {}

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Shows that something is under way: on a terminal one line with the seconds, else a line now and again.
 * @param {string} title
 * @param {() => string} latest what is happening just now, shown behind the seconds
 * @returns a function that ends it; say whether it went well
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
