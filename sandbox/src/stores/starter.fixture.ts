/** A program that starts the stores, prints their process ids, and stays. The tests kill it in several ways. */
import { startStores } from './start.ts';

process.send?.({ starting: true });
try {
  const stores = await startStores({ given: {} });
  process.once('SIGTERM', () => void stores.stop().then(() => process.exit(0)));
  setInterval(() => {}, 60_000);
  process.send?.({ pids: Object.values(stores.pids) });
} catch (error) {
  process.send?.({ failure: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
