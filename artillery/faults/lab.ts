import { connectDb } from '@shopfast/db/client';
import { createLifecycle, type Lifecycle } from '@shopfast/kit/lifecycle';
import { createLog } from '@shopfast/kit/log';
import type { Books } from '@shopfast/sandbox/checker/facts';
import type { LinkName } from '@shopfast/sandbox/system/links';
import { FREE_PORTS, type System, startSystem } from '@shopfast/sandbox/system/system';
import type { LabLink } from './lab-links.ts';
import { type Link, openLink } from './link.ts';
import { QUICKER } from './shop.ts';

/** The whole product with two gateways, and a proxy on every connection between its parts. */
export type Lab = {
  system: System;
  links: Record<LabLink, Link>;
  /** The address for shoppers. */
  door: string;
  books(room: string, since: Date): Books;
  /** Parts that ended unexpectedly since the last call. */
  takeDeaths(): string[];
  close(): Promise<void>;
};

/** It ends with `outer` or earlier. */
export async function startLab(outer: Lifecycle, say: (line: string) => void): Promise<Lab> {
  const lifecycle = createLifecycle();
  outer.onClose('lab', () => lifecycle.close());
  const links: Partial<Record<LabLink, Link>> = {};
  const link = async (name: LabLink, address: string) => {
    const opened = await openLink(Number(new URL(address).port));
    lifecycle.onClose(name, () => opened.close());
    links[name] = opened;
    return opened.through(address);
  };
  let deaths: string[] = [];
  const system = await startSystem({
    ports: FREE_PORTS,
    appendOnly: true,
    gateways: 2,
    link: (name: LinkName, address) => link(name, address),
    logLevel: 'warn',
    env: {
      ...QUICKER,
      // The whole crowd comes from one address.
      gateway: { JOIN_BURST_PER_ADDRESS: '0' },
    },
    onProgress: say,
    onDeath: (name, detail) => deaths.push(`${name} ended unexpectedly: ${detail}`),
  });
  lifecycle.onClose('system', system.stop);
  const door = await link('shopper to gateway', `http://127.0.0.1:${new URL(system.urls.gateway).port}`);
  const log = createLog('lab', 'error');
  const { sql } = connectDb(system.databaseUrl, { name: 'lab', max: 2, lifecycle, log });
  const { inbox: inboxUrl, stripe: stripeUrl } = system.urls;
  return {
    system,
    // The cast: `startSystem` asks for each of its links, and the crowd's is opened above.
    links: links as Record<LabLink, Link>,
    door,
    books: (room, since) => ({ sql, inboxUrl, stripeUrl, room, since }),
    takeDeaths: () => {
      const taken = deaths;
      deaths = [];
      return taken;
    },
    close: () => lifecycle.close(),
  };
}
