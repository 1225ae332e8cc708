/** Shows the progress: one updated line on a terminal, plain lines otherwise. Writes to stderr. */
export type Progress = { step(text: string): void; live(text: string): void; done(): void };

const PLAIN_EVERY_MS = 3_000;

export function createProgress(out: NodeJS.WriteStream): Progress {
  const isTerminal = out.isTTY === true;
  let liveShown = false;
  let lastPlain = 0;
  const endLive = () => {
    if (isTerminal && liveShown) out.write('\n');
    liveShown = false;
  };
  return {
    step: (text) => {
      endLive();
      out.write(`· ${text}\n`);
    },
    live: (text) => {
      if (isTerminal) {
        out.write(`\r\x1b[2K  ${text.slice(0, (out.columns ?? 100) - 3)}`);
        liveShown = true;
      } else if (Date.now() - lastPlain >= PLAIN_EVERY_MS) {
        lastPlain = Date.now();
        out.write(`  ${text}\n`);
      }
    },
    done: endLive,
  };
}
