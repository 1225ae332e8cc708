/** A program that starts a cloud, says which processes that made, and stays: the tests kill it in several ways. */
import { startCloud } from './start.ts';

process.send?.({ starting: true });
try {
  const cloud = await startCloud({ given: {} });
  process.once('SIGTERM', () => void cloud.stop().then(() => process.exit(0)));
  setInterval(() => {}, 60_000);
  process.send?.({ pids: Object.values(cloud.pids) });
} catch (error) {
  process.send?.({ failure: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
