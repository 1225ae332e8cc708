import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { keysOf } from '@shopfast/kit/narrow';
import { freePort } from '@shopfast/sandbox/stores/free-port';

/** Faults of a link; `there` is from the client to the server, `back` the other direction. */
export type LinkFault =
  /** All bytes are delayed. */
  | { kind: 'latency'; ms: number }
  /** The throughput of all connections together, in each direction. */
  | { kind: 'bandwidth'; bytesPerSecond: number }
  /** Open connections are closed, new ones refused. */
  | { kind: 'cut' }
  /**
   * Connections stay open and can be opened, but nothing passes, not even an end. Afterwards they continue with the
   * held bytes. If the server `forgets` them (another one was restored), a client whose bytes did not arrive is reset,
   * as TCP's retransmission would cause; a client that only listens notices nothing until it writes, or until its own
   * keep-alive probes.
   */
  | { kind: 'half-open'; silent: 'there' | 'back' | 'both'; forgets: boolean }
  /** Open and new connections are reset. */
  | { kind: 'reset' };

export type Link = {
  readonly port: number;
  /** The same address through this link. */
  through(address: string): string;
  inject(fault: LinkFault): Promise<void>;
  /** Everything works again for new connections; for open ones see `half-open`. */
  clear(): Promise<void>;
  close(): Promise<void>;
};

type Direction = 'there' | 'back';
/** A chunk, or null for the end; `due` by performance.now(). */
type Held = { chunk: Buffer | null; due: number };
type Way = {
  from: Socket;
  to: Socket;
  held: Held[];
  heldBytes: number;
  timer: NodeJS.Timeout | undefined;
};
type Pair = { client: Socket; server: Socket; ways: Record<Direction, Way>; forgotten: boolean };

/** The link reads no more than this from a sender before some of it has passed. */
const MOST_HELD = 256 * 1024;
const BIND_WITHIN_MS = 2_000;
/** Node's keep-alive after 30 s of silence: ten probes, a second apart. */
const KEEP_ALIVE_TELLS_AFTER_MS = 40_000;

/** A TCP proxy on a port of 127.0.0.1 in front of a server there. */
export async function openLink(targetPort: number): Promise<Link> {
  const port = await freePort();
  const pairs = new Set<Pair>();
  const freeAt: Record<Direction, number> = { there: 0, back: 0 };
  let fault: LinkFault | null = null;
  let server: Server | null = await listen(port, join);

  function join(client: Socket): void {
    if (fault?.kind === 'reset') {
      client.on('error', ignore);
      client.resetAndDestroy();
      return;
    }
    const target = connect({ port: targetPort, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    client.setNoDelay(true);
    const way = (from: Socket, to: Socket): Way => ({ from, to, held: [], heldBytes: 0, timer: undefined });
    const pair: Pair = {
      client,
      server: target,
      ways: { there: way(client, target), back: way(target, client) },
      forgotten: false,
    };
    pairs.add(pair);
    follow(pair, 'there');
    follow(pair, 'back');
  }

  function follow(pair: Pair, direction: Direction): void {
    const way = pair.ways[direction];
    way.from.on('data', (chunk: Buffer) => {
      if (pair.forgotten) way.from.resetAndDestroy();
      else hold(way, direction, chunk);
    });
    way.from.on('end', () => {
      if (pair.forgotten) way.from.destroy();
      else hold(way, direction, null);
    });
    way.from.on('error', ignore);
    way.from.on('close', (hadError) => {
      // The other end notices a break, unless nothing passes.
      if (hadError && !isSilent(direction) && !pair.forgotten) way.to.resetAndDestroy();
      if (pair.client.destroyed && pair.server.destroyed) pairs.delete(pair);
    });
  }

  function hold(way: Way, direction: Direction, chunk: Buffer | null): void {
    way.held.push({ chunk, due: arrival(direction, chunk?.length ?? 0) });
    way.heldBytes += chunk?.length ?? 0;
    if (way.heldBytes > MOST_HELD) way.from.pause();
    pass(way, direction);
  }

  function arrival(direction: Direction, bytes: number): number {
    const now = performance.now();
    if (fault?.kind === 'latency') return now + fault.ms;
    if (fault?.kind !== 'bandwidth') return now;
    freeAt[direction] = Math.max(now, freeAt[direction]) + (bytes * 1_000) / fault.bytesPerSecond;
    return freeAt[direction];
  }

  const isSilent = (direction: Direction) =>
    fault?.kind === 'half-open' && (fault.silent === 'both' || fault.silent === direction);

  /** Forwards what is due, in order. */
  function pass(way: Way, direction: Direction): void {
    clearTimeout(way.timer);
    for (let next = way.held[0]; next && !isSilent(direction); next = way.held[0]) {
      const { chunk, due } = next;
      const early = due - performance.now();
      if (early > 0) {
        way.timer = setTimeout(() => pass(way, direction), early);
        return;
      }
      way.held.shift();
      way.heldBytes -= chunk?.length ?? 0;
      if (chunk === null) way.to.end();
      else if (!way.to.destroyed && !way.to.writableEnded) way.to.write(chunk);
    }
    if (way.heldBytes <= MOST_HELD) way.from.resume();
  }

  function forget(pair: Pair): void {
    pair.forgotten = true;
    const spoke = pair.ways.there.held.length > 0;
    for (const way of Object.values(pair.ways)) {
      clearTimeout(way.timer);
      way.held.length = 0;
      way.from.resume();
    }
    pair.server.resetAndDestroy();
    if (spoke) pair.client.resetAndDestroy();
    else {
      const told = setTimeout(() => pair.client.resetAndDestroy(), KEEP_ALIVE_TELLS_AFTER_MS);
      pair.client.once('close', () => clearTimeout(told));
    }
  }

  /** One end broke while nothing passed: the other end is notified now. */
  function breakOff({ client, server: target }: Pair): void {
    if (!client.destroyed) client.resetAndDestroy();
    if (!target.destroyed) target.resetAndDestroy();
  }

  function endAll(end: (socket: Socket) => void): void {
    for (const { client, server: target, ways } of pairs) {
      for (const way of Object.values(ways)) clearTimeout(way.timer);
      end(client);
      end(target);
    }
    pairs.clear();
  }

  async function clear(): Promise<void> {
    const was = fault;
    fault = null;
    server ??= await listen(port, join);
    for (const pair of pairs)
      if (was?.kind === 'half-open' && was.forgets) forget(pair);
      else if (pair.client.destroyed || pair.server.destroyed) breakOff(pair);
      else
        for (const direction of keysOf(pair.ways)) {
          const way = pair.ways[direction];
          for (const one of way.held) one.due = 0;
          pass(way, direction);
        }
  }

  async function stopListening(): Promise<void> {
    const closing = server;
    server = null;
    endAll((socket) => socket.destroy());
    if (closing) await new Promise((resolve) => closing.close(resolve));
  }

  return {
    port,
    through: (address) => {
      const url = new URL(address);
      url.hostname = '127.0.0.1';
      url.port = String(port);
      // Unchanged: `URL` adds a slash to an origin.
      return address.endsWith('/') ? url.href : url.href.replace(/\/$/, '');
    },
    inject: async (next) => {
      if (fault) await clear();
      fault = next;
      if (next.kind === 'cut') await stopListening();
      if (next.kind === 'reset') endAll((socket) => socket.resetAndDestroy());
    },
    clear,
    close: stopListening,
  };
}

/** After a cut the same port is needed again. If another program has it, this waits for a while. */
async function listen(port: number, join: (client: Socket) => void): Promise<Server> {
  const deadline = performance.now() + BIND_WITHIN_MS;
  for (;;) {
    const server = createServer({ allowHalfOpen: true }, join);
    server.listen({ port, host: '127.0.0.1', backlog: 1_024 });
    try {
      await once(server, 'listening');
      return server;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await wait(50);
    }
  }
}

/** The event `close` reports it. */
const ignore = () => undefined;
