import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { startOutsideProgram } from '@shopfast/sandbox/outside-program';
import { onFreePort } from '@shopfast/sandbox/stores/free-port';

export type Haproxy = {
  url: string;
  /** The names of the servers that get requests, in order. */
  up(): Promise<string[]>;
};

/**
 * Starts HAProxy in front of servers. It asks each one's `/readyz` every 100 ms, and repeats no request: what fails at
 * a server fails for the client.
 * @param servers port by name
 */
export async function startHaproxy(servers: Record<string, number>, lifecycle: Lifecycle): Promise<Haproxy> {
  const folder = await mkdtemp(join(tmpdir(), 'shopfast-haproxy-'));
  lifecycle.onClose('haproxy folder', () => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o711);
  const settings = join(folder, 'haproxy.cfg');
  const lines = Object.entries(servers).map(
    ([name, port]) => `  server ${name} 127.0.0.1:${port} check inter 100ms fall 1 rise 1`,
  );
  const port = await onFreePort(
    async (free) => {
      await writeFile(settings, configuration(free, lines), { mode: 0o644 });
      await startOutsideProgram('haproxy', {
        ...{ args: ['-db', '-q', '-f', settings], signal: 'TERM' },
        ...{ folder, port: free, lifecycle },
      });
      return free;
    },
    () => true,
  );
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    up: async () => {
      const rows = (await (await fetch(`${url}/haproxy;csv`)).text())
        .split('\n')
        .map((row) => row.split(','));
      const status = rows[0]?.indexOf('status') ?? -1;
      return rows
        .filter(([pool, name]) => pool === 'gateways' && name !== 'BACKEND')
        .filter((row) => row[status] === 'UP')
        .map((row) => row[1] ?? '');
    },
  };
}

const configuration = (port: number, servers: string[]) => `defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  retries 0
frontend public
  bind 127.0.0.1:${port}
  stats enable
  stats uri /haproxy
  default_backend gateways
backend gateways
  option httpchk GET /readyz
  http-check expect status 200
${servers.join('\n')}
`;
