import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HotPathContext, HotPathHandler } from './hot-path.ts';
import type { HttpBypass } from './http.ts';
import type { PlainAnswer } from './plain-answer.ts';
import { MAX_HEADERS } from './wire-limits.ts';

/** Finds the call of a request and its path parameters; null: not a hot-path request. */
export type Match = (
  incoming: IncomingMessage,
) => { call: HotPathHandler; params: Readonly<Record<string, string>> } | null;

/**
 * Answers hot-path requests directly from Node's server. With a crowd, the framework would cost as much as the answer.
 * The calls are the same as those of the framework's routes. Requests that `match` does not know go to the framework.
 */
export function nodeHttpBypass(match: Match): HttpBypass {
  return (incoming, outgoing) => {
    if (incoming.rawHeaders.length > 2 * MAX_HEADERS) return false;
    const found = match(incoming);
    if (!found) return false;
    const context = new BypassContext(incoming, found.params);
    const answer = found.call(context);
    if (answer instanceof Promise) void answer.then((then) => send(outgoing, then, context));
    else send(outgoing, answer, context);
    return true;
  };
}

function send(
  outgoing: ServerResponse,
  { status, body, headers }: PlainAnswer,
  { set }: BypassContext,
): void {
  if (set) Object.assign(headers, set);
  if (body !== null) headers['Content-Length'] = String(Buffer.byteLength(body));
  outgoing.writeHead(status, headers);
  outgoing.end(body ?? undefined);
}

class BypassContext implements HotPathContext {
  readonly env: { incoming: IncomingMessage };
  readonly params: Readonly<Record<string, string>>;
  set: Record<string, string> | undefined;

  constructor(incoming: IncomingMessage, params: Readonly<Record<string, string>>) {
    this.env = { incoming };
    this.params = params;
  }

  header(name: string, value: string): void {
    this.set ??= {};
    this.set[name] = value;
  }

  get req(): HotPathContext['req'] {
    return new BypassRequest(this);
  }
}

class BypassRequest {
  readonly context: BypassContext;

  constructor(context: BypassContext) {
    this.context = context;
  }
  get method(): string {
    return this.context.env.incoming.method ?? 'GET';
  }
  get path(): string {
    return (this.context.env.incoming.url ?? '').split('?', 1)[0] ?? '';
  }
  get raw(): Request {
    throw new Error('read the body of a bypass request with `readBody`');
  }
  header(name: string): string | undefined {
    const value = this.context.env.incoming.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  }
  param(name: string): string | undefined {
    return this.context.params[name];
  }
}
