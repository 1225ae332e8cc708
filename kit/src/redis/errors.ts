/**
 * Errors of a server that is, or has just become, a replica. After a failover behind one address, a connection that was
 * not closed still leads to it; only a new connection reaches the primary. Each one resolves the name again.
 */
const DEMOTED = replies('READONLY', 'MASTERDOWN', 'UNBLOCKED');

/** Errors of a server or a Cluster that cannot serve now, and of a store that moves. */
const CANNOT_NOW = replies(
  ...['READONLY', 'MASTERDOWN', 'UNBLOCKED', 'LOADING', 'BUSY', 'OOM', 'MISCONF', 'NOREPLICAS'],
  ...['CLUSTERDOWN', 'MOVED', 'ASK', 'TRYAGAIN'],
);

/** A reply's code is its first word. A script of Redis 6 repeats the code of the command in it, after a hyphen. */
function replies(...codes: string[]): RegExp {
  return new RegExp(`(?:^|-)(?:${codes.join('|')}) `);
}

const NO_CONNECTION = [
  ...['Command timed out', 'Connection is closed', "Stream isn't writeable", 'Connection lost'],
  ...['Command aborted due to connection close'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['Too many Cluster redirections', 'Failed to refresh slots cache', 'None of startup nodes is available'],
  ...["Cluster isn't ready", 'All sentinels are unreachable', 'max number of clients reached'],
];

/** A script found that its slot moves to another node, or that the Cluster is down. These replies have no code. */
const SCRIPT_STOPPED = [
  'Script attempted to access a non local key in a cluster node',
  'Script attempted to execute a command while the cluster is down',
  'Script attempted to execute a write command while the cluster is down',
];

/** Whether a reply says that its server became a replica. */
export const isDemoted = (error: unknown): boolean => error instanceof Error && DEMOTED.test(error.message);

/**
 * Whether a command failed because Redis is unavailable or moves to another server, and not because of its arguments.
 * The same command may be tried again later.
 */
export function isRedisUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, message } = error;
  if (name === 'MaxRetriesPerRequestError' || name === 'ClusterAllFailedError') return true;
  if (CANNOT_NOW.test(message)) return true;
  return [...NO_CONNECTION, ...SCRIPT_STOPPED].some((text) => message.includes(text));
}
