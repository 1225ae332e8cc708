import { readRoom } from './room.ts';

const EVERY_MS = 5_000;

/** Shows the room's state now and then. @returns a function that stops it */
export function showProgress(target: string, room: string, tell: (line: string) => void): () => void {
  const startedMs = Date.now();
  let ended = false;
  const timer = setInterval(async () => {
    const line = await readRoom(target, room).then(
      ({ state, waiting, active, remaining }) =>
        `${state}: ${waiting} waiting, ${active} buying, ${remaining ?? 'unknown'} units left`,
      (error: Error) => error.message,
    );
    if (!ended) tell(`  ${String(Math.round((Date.now() - startedMs) / 1_000)).padStart(4)} s  ${line}`);
  }, EVERY_MS);
  return () => {
    ended = true;
    clearInterval(timer);
  };
}
