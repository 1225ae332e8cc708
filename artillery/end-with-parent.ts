import { isMainThread } from 'node:worker_threads';

// Loaded into artillery before its own code: it ends with the command that started it, even a killed one.
if (isMainThread) process.once('disconnect', () => process.exit(143));
