import { keysOf, present } from '@shopfast/kit/narrow';
import type { FaultSettings as InboxFaults } from '@shopfast/sandbox/inbox/faults';
import type { FaultSettings as StripeFaults } from '@shopfast/sandbox/stripe/control';
import { Redis } from 'ioredis';
import { setMail, setPayment } from '../misbehave.ts';
import type { Lab } from './lab.ts';
import { LAB_LINKS, type LabLink } from './lab-links.ts';
import type { LinkFault } from './link.ts';
import { pick } from './random.ts';
import { holdStill } from './signals.ts';

/** An active fault. `what` describes it with its figures; `clear` ends it, and has no effect a second time. */
export type InjectedFault = { what: string; clear(): Promise<void> };
type Inject<Place> = (lab: Lab, place: Place, random: () => number) => Promise<InjectedFault>;
type Kind<Place extends string = string> = {
  places: readonly Place[];
  inject: Inject<Place>;
  /** It is over at the moment when it happens. */
  isSudden?: true;
};

const SERVERS = ['waiting room Redis', 'jobs Redis', 'Postgres'] as const;
const OURS = ['gateway', 'checkout', 'workers'] as const;
const OTHERS = ['payment service', 'mail server'] as const;
type Process = (typeof OURS)[number] | (typeof SERVERS)[number] | (typeof OTHERS)[number];

const PARTS = { 'waiting room Redis': 'waitroom', 'jobs Redis': 'jobs', Postgres: 'postgres' } as const;
const isServer = (place: Process): place is (typeof SERVERS)[number] => Object.hasOwn(PARTS, place);

const PAYMENT: Record<string, Partial<StripeFaults>> = {
  slow: { latency_ms: 3_000 },
  hanging: { timeout_rate: 1, hang_ms: 8_000 },
  failing: { error_rate: 0.5 },
  'losing answers': { drop_answer_rate: 0.5 },
  'doubling and shuffling webhooks': { duplicate_webhooks: true, shuffle_webhooks: true },
};
const MAIL: Record<string, Partial<InboxFaults>> = {
  refusing: { refuse: true },
  hanging: { hang: true },
  'losing answers': { lose_answer_rate: 0.5 },
  'failing now and then': { temporary_fail_rate: 0.5 },
};

/** All kinds of faults, each with every place where it can happen. */
export const KINDS = {
  latency: onLinks((random) => ({ kind: 'latency', ms: Math.round(50 + random() * 950) })),
  bandwidth: onLinks((random) => ({
    kind: 'bandwidth',
    bytesPerSecond: Math.round(2_000 + random() * 30_000),
  })),
  cut: onLinks(() => ({ kind: 'cut' })),
  'half-open': onLinks((random) => ({
    kind: 'half-open',
    silent: pick(random, ['there', 'back', 'both'] as const),
    forgets: random() < 0.5,
  })),
  reset: onLinks(() => ({ kind: 'reset' })),
  STOP: {
    places: [...OURS, ...SERVERS, ...OTHERS],
    inject: async (lab, place, random) => {
      const letGo = await holdStill(pidOf(lab, place, random));
      return { what: `SIGSTOP, ${place}`, clear: letGo };
    },
  } satisfies Kind<Process>,
  KILL: {
    places: [...OURS, ...SERVERS],
    inject: async (lab, place, random) => {
      if (isServer(place)) {
        await lab.system.stores.kill(PARTS[place]);
        return { what: `SIGKILL, ${place}`, clear: once(() => lab.system.stores.restart(PARTS[place])) };
      }
      const victim = processOf(lab, place, random);
      victim.kill('SIGKILL');
      return { what: `SIGKILL, ${victim.name}`, clear: once(() => victim.restart()) };
    },
  } satisfies Kind<(typeof OURS)[number] | (typeof SERVERS)[number]>,
  restart: {
    places: [...OURS, ...SERVERS],
    isSudden: true,
    inject: async (lab, place, random) => {
      if (isServer(place)) await lab.system.stores.restart(PARTS[place]);
      else await processOf(lab, place, random).restart();
      return { what: `restart, ${place}`, clear: async () => {} };
    },
  } satisfies Kind<(typeof OURS)[number] | (typeof SERVERS)[number]>,
  empty: {
    places: ['waiting room Redis', 'jobs Redis'],
    isSudden: true,
    inject: async ({ system }, place) => {
      const redis = new Redis(place === 'jobs Redis' ? system.jobsRedisUrl : system.redisUrl);
      await redis.flushall();
      redis.disconnect();
      return { what: `FLUSHALL, ${place}`, clear: async () => {} };
    },
  } satisfies Kind<'waiting room Redis' | 'jobs Redis'>,
  payment: {
    places: Object.keys(PAYMENT),
    inject: async ({ system }, place) => {
      await setPayment(system, PAYMENT[place] ?? {});
      return { what: `payment service ${place}`, clear: once(() => setPayment(system, null)) };
    },
  } satisfies Kind,
  mail: {
    places: Object.keys(MAIL),
    inject: async ({ system }, place) => {
      await setMail(system, MAIL[place] ?? {});
      return { what: `mail server ${place}`, clear: once(() => setMail(system, null)) };
    },
  } satisfies Kind,
};

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = keysOf(KINDS);
// The cast: each kind knows its own places only, and a plan pairs a kind with one of them.
export const kindOf = (name: KindName): Kind => KINDS[name] as unknown as Kind;

/** Redis lost what is not in the signed tickets: unseen calls are repeated, and active slots are forgotten. */
export const losesCalls = ({ kind, place }: FaultAtPlace): boolean =>
  kind === 'empty' && place === 'waiting room Redis';

/** A mail's sender, or its answer, was lost: a mail with two attempts may exist twice. */
export const mailsMayRepeat = ({ kind, place }: FaultAtPlace): boolean =>
  kind === 'mail' || /workers|jobs Redis|Postgres|mail server/.test(place);

export type FaultAtPlace = { kind: KindName; place: string };

function onLinks(make: (random: () => number) => LinkFault): Kind<LabLink> {
  return {
    places: LAB_LINKS,
    inject: async ({ links }, place, random) => {
      const fault = make(random);
      await links[place].inject(fault);
      const figures = Object.entries(fault).flatMap(([name, value]) =>
        name === 'kind' ? [] : [`${name} ${value}`],
      );
      const what = [fault.kind, place, ...figures].join(', ');
      return { what, clear: once(() => links[place].clear()) };
    },
  };
}

function processOf({ system }: Lab, place: (typeof OURS)[number], random: () => number) {
  return place === 'gateway' ? pick(random, system.gateways) : system.processes[place];
}

function pidOf(lab: Lab, place: Process, random: () => number): number {
  const { stores, processes } = lab.system;
  if (isServer(place)) return present(stores.pids[PARTS[place]], place);
  if (place === 'payment service') return processes.stripe.runningPid();
  if (place === 'mail server') return processes.inbox.runningPid();
  return processOf(lab, place, random).runningPid();
}

function once(clear: () => Promise<void>): () => Promise<void> {
  let lifted: Promise<void> | undefined;
  return () => {
    lifted ??= clear();
    return lifted;
  };
}

/** How long a fault lasts, ms. */
export const lasts = (random: () => number): number => 1_500 + random() * 4_500;
