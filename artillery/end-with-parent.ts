import { isMainThread } from 'node:worker_threads';

// Loaded into artillery before its own code: when the command that started it is gone, killed even, so is the load.
if (isMainThread) process.once('disconnect', () => process.exit(143));
