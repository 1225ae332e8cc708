// All words of the set-up go to stderr: the stdout of a command belongs to its result (`--json`).

/** Something that the reader of the message must mend; shown without a stack. */
export class SetupError extends Error {}

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Shows that something is under way: on a terminal one line with the seconds, else a line now and again.
 * @returns a function that ends it; say whether it went well
 */
export function showProgress(title) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const onTerminal = process.stderr.isTTY;
  const draw = () => process.stderr.write(`\r\x1b[2K${title} … ${seconds()} s`);
  if (onTerminal) draw();
  else say(`${title} …`);
  const timer = setInterval(
    onTerminal ? draw : () => say(`  still at it, ${seconds()} s`),
    onTerminal ? 1000 : 15_000,
  );
  return (wentWell) => {
    clearInterval(timer);
    if (onTerminal) process.stderr.write('\r\x1b[2K');
    say(`${title}: ${wentWell ? 'done' : 'failed'} after ${seconds()} s`);
  };
}
