import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer as CallAnswer, NOT_AS_DOCUMENTED, readAnswer } from '@shopfast/sandbox/shopper/answers';
import type { Call, ShopperRequest } from '@shopfast/sandbox/shopper/calls';
import { retryAfter } from '@shopfast/sandbox/shopper/transport';
import { type Answer, jsonOf } from './answer.ts';
import type { EchoUpstream } from './echo-upstream.ts';
import { type Request, send } from './http-client.ts';
import type { Need } from './needs.ts';

/** What the suite knows about the system under test. */
export type Target = {
  /** Where requests go: the gateway, or a server in front of it. */
  origin: URL;
  /** The origin of the shop's pages, as browsers see it. */
  shop: string;
  adminKey?: string;
  /** Signs payment events. */
  webhookSecret?: string;
  /** The sandbox inbox. */
  inbox?: URL;
  /** A path behind a waiting room. */
  gate?: Gate;
  /** Set if the suite started the system itself. */
  own?: OwnSystem;
};

export type Gate = { path: string; room: string };

export type OwnSystem = {
  upstream: EchoUpstream;
  ticketSecret: string;
  keyEncryptionSecret: string;
  databaseUrl: string;
  /** The waiting room's Redis. */
  signalRedis(signal: 'SIGSTOP' | 'SIGCONT'): void;
};

/** A case could not be prepared: nothing is known about the refusal. */
export class NotPrepared extends Error {
  override name = 'NotPrepared';
}

/** A target, and what was created there for the cases. Everything is created once, on first use. */
export class World {
  readonly target: Target;
  /** Part of the name of everything that this run creates. */
  readonly run: string = randomUUID().slice(0, 6);
  readonly signal: AbortSignal;
  /** Whether requests may come from any 127.x.x.x. */
  severalAddresses = false;
  readonly #made = new Map<string, Promise<unknown>>();
  readonly #endings: (() => Promise<unknown>)[] = [];
  #serial = 0;
  /** Requests that were sent, preparation included. */
  requests = 0;

  readonly #shared: World | undefined;

  /** @param shared a world of the same system: its objects are used here too, and it removes them itself */
  constructor(target: Target, signal: AbortSignal, shared?: World) {
    this.target = target;
    this.signal = signal;
    this.#shared = shared;
  }

  send(request: Request): Promise<Answer> {
    this.requests += 1;
    return send(this.target.origin, request);
  }

  /**
   * Sends a request that must succeed before a case makes sense; repeats it after Retry-After. It goes to the system
   * itself, not through the proxy of another world of that system. @throws NotPrepared
   */
  async prepare(request: Request): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await (this.#shared ?? this).send(request);
      if (answer.status >= 200 && answer.status < 400) return answer;
      const later = answer.status === 429 || answer.status === 503;
      if (!later || attempt === 5)
        throw new NotPrepared(
          `${request.method ?? ''} ${request.path}: ${answer.status} ${answer.text.slice(0, 300)}`,
        );
      const waitMs = retryAfter(answer.headers['retry-after']) || 1_000;
      await wait(waitMs, undefined, { signal: this.signal });
    }
  }

  /** A shopper's call that must succeed, as in `prepare`. @returns its document. @throws NotPrepared */
  async succeed<T>(call: Call<T>): Promise<T> {
    const answer = readCall(call, await this.prepare(requestOf(call)));
    if (!answer.ok) throw new NotPrepared(`${call.method} ${call.path}: ${NOT_AS_DOCUMENTED}`);
    return answer.document;
  }

  /** A shopper's call, and its answer as the client of shoppers reads it. */
  async ask<T>(call: Call<T>): Promise<CallAnswer<T>> {
    return readCall(call, await this.send(requestOf(call)));
  }

  /** An operator's call that must succeed. @throws NotPrepared */
  async operate(method: string, path: string, json?: unknown): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${this.adminKey}` };
    return jsonOf(await this.prepare({ method, path: `/v1/admin${path}`, headers, json }));
  }

  get adminKey(): string {
    if (!this.target.adminKey) throw new NotPrepared('there is no admin key');
    return this.target.adminKey;
  }

  get own(): OwnSystem {
    if (!this.target.own) throw new NotPrepared('the suite did not start this system');
    return this.target.own;
  }

  get gate(): Gate {
    if (!this.target.gate) throw new NotPrepared('no path behind a waiting room is known');
    return this.target.gate;
  }

  /** Creates a thing once and shares it among the cases. */
  once<T>(name: string, make: () => Promise<T>): Promise<T> {
    if (this.#shared) return this.#shared.once(name, make);
    // The cast: each name belongs to one kind of thing.
    const known = this.#made.get(name) as Promise<T> | undefined;
    if (known) return known;
    const made = make();
    this.#made.set(name, made);
    return made;
  }

  /** A number that is unique in this run, also among other worlds of the same system. */
  next(): number {
    if (this.#shared) return this.#shared.next();
    this.#serial += 1;
    return this.#serial;
  }

  /** A loopback address that no other case uses. */
  address(): string {
    const at = this.next();
    return `127.${64 + ((at >> 16) & 63)}.${(at >> 8) & 255}.${1 + (at % 250)}`;
  }

  onEnd(undo: () => Promise<unknown>): void {
    this.#endings.push(undo);
  }

  /** Removes what the run created, as far as possible. */
  async end(): Promise<void> {
    for (const undo of this.#endings.toReversed()) await undo().catch(() => undefined);
  }

  /** Why a case cannot run here, if it cannot. */
  lacks(needs: readonly Need[]): Need | undefined {
    const { adminKey, webhookSecret, inbox, gate, own, origin } = this.target;
    const has: Record<Need, boolean> = {
      'admin-key': adminKey !== undefined,
      'webhook-secret': webhookSecret !== undefined,
      inbox: inbox !== undefined,
      gate: gate !== undefined,
      upstream: own !== undefined,
      secrets: own !== undefined,
      stores: own !== undefined,
      'own-gate': own !== undefined && gate !== undefined,
      addresses: this.severalAddresses,
      wire: origin.protocol === 'http:',
    };
    return needs.find((need) => !has[need]);
  }
}

/** A shopper's call as a request of the suite. Only its good steps use the client of shoppers; wrong input is its own. */
export const requestOf = ({ method, path, headers, body }: ShopperRequest): Request => ({
  ...{ method, path, headers },
  ...(body === undefined ? {} : { json: body }),
});

const readCall = <T>(call: Call<T>, { status, headers, text }: Answer): CallAnswer<T> =>
  readAnswer(call, { status, text, retryAfterMs: retryAfter(headers['retry-after']) });

/** Polls until something holds. @throws NotPrepared after 20 s */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined>,
  limitMs = 20_000,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new NotPrepared(`${what}: not within ${limitMs / 1_000} s`);
    await wait(100);
  }
}
