import type { IncomingMessage, ServerResponse } from 'node:http';

/** Node's own request and response behind a request. */
export type NodeExchange = { incoming: IncomingMessage; outgoing: ServerResponse };

/** @returns undefined where there is no socket (`app.request()` in a test) */
export function nodeOf({ env }: { env: unknown }): NodeExchange | undefined {
  // The Node adapter of Hono puts both into `env`, which each application types in its own way.
  const exchange = env as Partial<NodeExchange> | undefined;
  // A test may give a request alone; what needs the response fails on it.
  return exchange?.incoming ? (exchange as NodeExchange) : undefined;
}

/** The raw response, for what writes to it itself. @throws where there is no socket */
export function outgoingOf(c: { env: unknown }): ServerResponse {
  const outgoing = nodeOf(c)?.outgoing;
  if (!outgoing) throw new Error('this request has no socket');
  return outgoing;
}
