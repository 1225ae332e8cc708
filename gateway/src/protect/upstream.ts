import http, { type ClientRequest, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import type { UpstreamSettings } from './config.ts';
import { createSlots, type Slots } from './slots.ts';

/** A server behind the gateway, with its bounded connections. */
export type Upstream = {
  settings: UpstreamSettings;
  /** For requests that answer and are done. */
  slots: Slots;
  /** For WebSockets and event streams. */
  streams: Slots;
  /** Begins a request; `fresh` takes a connection of its own, which is closed afterwards. */
  request(options: { method: string; path: string; headers: string[]; fresh?: boolean }): ClientRequest;
};

/** Servers close idle connections after 5 s (Node) or more; ours are closed first, so a request never meets that moment. */
const IDLE_MS = 4_000;

export function createUpstream(settings: UpstreamSettings, lifecycle: Lifecycle): Upstream {
  const url = new URL(settings.url);
  const { Agent, request } = url.protocol === 'https:' ? https : http;
  // Slots keep the count, so that nothing waits unseen in the agent.
  const agent = new Agent({ keepAlive: true, maxFreeSockets: settings.max_connections, timeout: IDLE_MS });
  lifecycle.onClose('proxy', () => agent.destroy());

  const target: RequestOptions = {
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
  };
  const before = url.pathname.replace(/\/$/, '');
  return {
    settings,
    slots: createSlots({
      most: settings.max_connections,
      waiting: settings.max_waiting,
      patienceMs: settings.headers_timeout_ms,
    }),
    streams: createSlots({ most: settings.max_streams, waiting: 0, patienceMs: 0 }),
    request: ({ method, path, headers, fresh }) =>
      request({ ...target, method, path: before + path, headers, agent: fresh ? false : agent }),
  };
}
