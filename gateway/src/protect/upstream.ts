import http, { type Agent, type ClientRequest, type RequestOptions } from 'node:http';
import https from 'node:https';
import { createBulkhead, type Bulkhead as Slots } from '@shopfast/kit/bulkhead';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { UpstreamSettings } from './config.ts';
import { type BodyReceiver, createBodyReceiver } from './receive-body.ts';

/** Kinds of requests that must not block each other: each has its own slots and its own connections. */
export type Bulkhead = { slots: Slots; agent: Agent | false };

/** A server behind the gateway, with its limited connections. */
export type Upstream = {
  settings: UpstreamSettings;
  receive: BodyReceiver;
  /** GET, HEAD and OPTIONS without a body. */
  reads: Bulkhead;
  /** All other requests whose body is complete: orders above all. */
  writes: Bulkhead;
  /** Bodies that are streamed at the speed of their sender. Each has its own connection. */
  uploads: Bulkhead;
  /** WebSockets and event streams. */
  streams: Bulkhead;
  /** Starts a request; `agent: false` uses a separate connection that is closed afterwards. */
  request(options: { method: string; path: string; headers: string[]; agent: Agent | false }): ClientRequest;
};

/**
 * Servers close idle connections after 5 s (Node) or more. We close ours first, so that no request meets a closing
 * connection.
 */
const IDLE_MS = 4_000;

export function createUpstream(settings: UpstreamSettings, lifecycle: Lifecycle): Upstream {
  const url = new URL(settings.url);
  const { Agent, request } = url.protocol === 'https:' ? https : http;

  // The slots limit the number, so that no request waits unseen in an agent.
  const connections = (kept: number) => {
    const agent = new Agent({ keepAlive: true, maxFreeSockets: kept, timeout: IDLE_MS });
    lifecycle.onClose('proxy', () => agent.destroy());
    return agent;
  };
  const slots = (most: number, waiting: number) =>
    createBulkhead({
      slots: most,
      queue: waiting,
      waitLimitMs: settings.headers_timeout_ms,
      clientShare: settings.address_share,
    });
  const { max_connections, max_writes = max_connections, max_waiting, max_streams } = settings;
  const { max_uploads = Math.min(DEFAULT_UPLOADS, max_connections) } = settings;

  const target: RequestOptions = {
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
  };
  const before = url.pathname.replace(/\/$/, '');
  return {
    settings,
    receive: createBodyReceiver(),
    reads: { slots: slots(max_connections, max_waiting), agent: connections(max_connections) },
    writes: { slots: slots(max_writes, max_waiting), agent: connections(max_writes) },
    // With keep-alive, a server reads a refused upload to its end. The connection is not used again anyway.
    uploads: { slots: slots(max_uploads, max_waiting), agent: connections(0) },
    streams: { slots: slots(max_streams, 0), agent: false },
    request: ({ method, path, headers, agent }) =>
      request({ ...target, method, path: before + path, headers, agent }),
  };
}

const DEFAULT_UPLOADS = 16;
