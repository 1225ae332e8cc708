/** Resolves when this program must stop: Ctrl-C, SIGTERM, a closed terminal, or its launcher has ended. */
export function stopRequested(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    if (process.send) process.once('disconnect', () => resolve('the launcher is gone'));
  });
}
