import { expect, test } from 'vitest';
import { isDemoted, isRedisUnavailable } from './errors.ts';

test.each([
  "READONLY You can't write against a read only replica.",
  "READONLY You can't write against a read only replica. script: 0f1e, on @user_script:12.",
  'ERR Error running script (call to f_0f1e): @user_script:12: -READONLY You cannot write against a read only replica. ',
  'MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to no.',
  'UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)',
])('a replica is left: %s', (message) => {
  expect(isDemoted(new Error(message))).toBe(true);
  expect(isRedisUnavailable(new Error(message))).toBe(true);
});

test.each([
  'MOVED 3999 127.0.0.1:6381',
  'ASK 3999 127.0.0.1:6381',
  'CLUSTERDOWN The cluster is down',
  'TRYAGAIN Multiple keys request during rehashing of slot',
  'LOADING Redis is loading the dataset in memory',
  'NOREPLICAS Not enough good replicas to write.',
  'MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist to disk.',
  "OOM command not allowed when used memory > 'maxmemory'.",
  'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.',
  'Too many Cluster redirections. Last error: Error: Connection is closed.',
  'ERR Error running script: @user_script: 3: Script attempted to access a non local key in a cluster node',
  'Script attempted to execute a write command while the cluster is down and readonly',
  'Command aborted due to connection close',
  'Command timed out',
  'connect ECONNREFUSED 127.0.0.1:6379',
])('is unavailable for now: %s', (message) => {
  expect(isRedisUnavailable(new Error(message))).toBe(true);
  expect(isDemoted(new Error(message))).toBe(false);
});

test.each([
  "ERR wrong number of arguments for 'get' command",
  'WRONGTYPE Operation against a key holding the wrong kind of value',
  'BUSYGROUP Consumer Group name already exists',
  'NOSCRIPT No matching script.',
])('is our fault: %s', (message) => {
  expect(isRedisUnavailable(new Error(message))).toBe(false);
});
