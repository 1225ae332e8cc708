import http, { type Agent, type ClientRequest, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { UpstreamSettings } from './config.ts';
import { type BodyReceiver, createBodyReceiver } from './receive-body.ts';
import { createSlots, type Slots } from './slots.ts';

/** Kinds of requests that must not keep each other waiting: each has its own slots and its own connections. */
export type Bulkhead = { slots: Slots; agent: Agent | false };

/** A server behind the gateway, with its bounded connections. */
export type Upstream = {
  settings: UpstreamSettings;
  receive: BodyReceiver;
  /** GET, HEAD and OPTIONS without a body. */
  reads: Bulkhead;
  /** All other requests whose body has come whole: orders above all. */
  writes: Bulkhead;
  /** Bodies that are passed on as they come, as slow as their sender. Each has a connection of its own. */
  uploads: Bulkhead;
  /** WebSockets and event streams. */
  streams: Bulkhead;
  /** Begins a request; `agent: false` takes a connection of its own, which is closed afterwards. */
  request(options: { method: string; path: string; headers: string[]; agent: Agent | false }): ClientRequest;
};

/** Servers close idle connections after 5 s (Node) or more; ours are closed first, so a request never meets that moment. */
const IDLE_MS = 4_000;

export function createUpstream(settings: UpstreamSettings, lifecycle: Lifecycle): Upstream {
  const url = new URL(settings.url);
  const { Agent, request } = url.protocol === 'https:' ? https : http;

  // Slots keep the count, so that nothing waits unseen in an agent.
  const connections = (kept: number) => {
    const agent = new Agent({ keepAlive: true, maxFreeSockets: kept, timeout: IDLE_MS });
    lifecycle.onClose('proxy', () => agent.destroy());
    return agent;
  };
  const slots = (most: number, waiting: number) =>
    createSlots({ most, waiting, patienceMs: settings.headers_timeout_ms, share: settings.address_share });
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
    // Told to keep the connection, a server hears an upload out that it has refused; it is not used again all the same.
    uploads: { slots: slots(max_uploads, max_waiting), agent: connections(0) },
    streams: { slots: slots(max_streams, 0), agent: false },
    request: ({ method, path, headers, agent }) =>
      request({ ...target, method, path: before + path, headers, agent }),
  };
}

const DEFAULT_UPLOADS = 16;
