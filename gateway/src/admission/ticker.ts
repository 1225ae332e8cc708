import { Problem } from '@shopfast/kit/errors';
import type { Lifecycle } from '@shopfast/kit/lifecycle';
import { isRedisUnavailable } from '@shopfast/kit/redis/errors';
import { saveUses } from '../codes/uses.ts';
import { highWaterMarksOf } from '../rooms/high-water-marks.ts';
import { isIdle, type Room } from '../rooms/room.ts';
import { createProgressSaver } from '../rooms/saved-progress.ts';
import { dueStep } from '../rooms/schedule.ts';
import type { StateTransition } from '../rooms/state-machine.ts';
import { restoreRoom } from '../rooms/sync-to-redis.ts';
import { transitionRoom } from '../rooms/transition.ts';
import { saveReleases } from '../tokens/released.ts';
import type { AdmissionDeps } from './deps.ts';
import { IDLE_LOOK_MS, IDLE_STEP_MS, isUnchanged } from './idle.ts';
import { tick } from './tick.ts';

/** Once a second, rooms are read from Postgres, high-water marks are saved and schedules are checked. */
const HOUSEKEEPING_MS = 1_000;
/** What changes rarely is read less often: themes and signing keys. */
const RARE_MS = 5_000;

/**
 * Drives admission: one step per room each `tickMs`. Every gateway runs a ticker. The script is exact for any number of
 * callers, so there is no leader and no failover. No room waits for another: all steps of a round are sent together, a
 * room whose node of a Cluster does not answer has one step under way and no more, and work that needs Postgres
 * (restoring a room, reloading a list) runs in the background.
 */
export function startTicker(deps: AdmissionDeps, lifecycle: Lifecycle): void {
  const { clock, config, log } = deps;
  const stopping = new AbortController();
  const saveProgress = createProgressSaver(deps.sql);
  const paces = new Map<string, Pace>();
  let housekeptAt = 0;
  let rareAt = 0;
  let failing = false;
  /** The step of each room that has not been answered yet. */
  const underWay = new Map<string, Promise<void>>();
  /** Steps that failed since the last round. */
  let failures = 0;
  /** Background work by name; each runs only once at a time. */
  const background = new Map<string, Promise<void>>();

  function runInBackground(name: string, work: () => Promise<void>): void {
    if (background.has(name)) return;
    const doing = work()
      .catch(failed)
      .finally(() => background.delete(name));
    background.set(name, doing);
  }
  const restore = (id: string) => runInBackground(`restore ${id}`, () => restoreRoom(deps, id));

  async function round(): Promise<void> {
    for (const id of deps.rooms.consumeMissing()) restore(id);
    const due = deps.rooms.all().filter((room) => isLive(room) && !underWay.has(room.id) && isDue(room));
    await Promise.race([Promise.all(due.map(step)), pause(config.tickMs, stopping.signal)]);
    if (failing && failures + underWay.size + background.size === 0) {
      log.info('admission continues');
      failing = false;
    }
    failures = 0;
    if (clock.now() - housekeptAt < HOUSEKEEPING_MS) return;
    housekeptAt = clock.now();
    runInBackground('housekeeping', () => housekeeping(deps, saveProgress));
    if (clock.now() - rareAt >= RARE_MS) {
      rareAt = clock.now();
      runInBackground('rare housekeeping', () => rareHousekeeping(deps));
    }
    for (const id of paces.keys()) if (!deps.rooms.has(id)) paces.delete(id);
  }

  function step(room: Room): Promise<void> {
    const doing = stepOf(room)
      .catch((error: unknown) => {
        failures += 1;
        failed(error);
      })
      .finally(() => underWay.delete(room.id));
    underWay.set(room.id, doing);
    return doing;
  }

  const isDue = (room: Room) => {
    const pace = paces.get(room.id);
    return !pace || !isIdle(room) || performance.now() - pace.seenAt >= IDLE_LOOK_MS;
  };

  /** An idle room has a look instead of a step, most of the time. */
  async function stepOf(room: Room): Promise<void> {
    const now = performance.now();
    const pace = paces.get(room.id);
    if (pace && isIdle(room) && now < pace.stepAt && (await isUnchanged(deps.redis, room))) {
      confirm(room, now - pace.seenAt);
      pace.seenAt = now;
      return;
    }
    // Rooms that became idle together have their steps at different times.
    paces.set(room.id, { seenAt: now, stepAt: now + IDLE_STEP_MS * (0.75 + Math.random() / 2) });
    const news = await tickRoom(deps, room);
    if (news === 'restore') restore(room.id);
    if (news === 'refresh') runInBackground('refresh', () => deps.rooms.refresh());
  }

  /** The snapshot is as true as it was, and so much younger. */
  function confirm({ id, epoch, snapshot }: Room, ms: number): void {
    if (snapshot)
      deps.rooms.recordSnapshot(id, { epoch, snapshot: { ...snapshot, at: Math.round(snapshot.at + ms) } });
  }

  function failed(err: unknown): void {
    if (!failing) log.warn({ err }, 'admission waits: Redis or Postgres is unavailable');
    failing = true;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const started = performance.now();
      await round();
      await pause(config.tickMs - (performance.now() - started), stopping.signal);
    }
  }

  const running = run();
  lifecycle.onClose('admission ticker', async () => {
    stopping.abort();
    await running;
    await Promise.all([...underWay.values(), ...background.values()]);
  });
}

/** When a room was last seen, and when an idle one has its next step, by `performance.now()`. */
type Pace = { seenAt: number; stepAt: number };

/** A room before its opening and a closed room admit nobody. */
const isLive = (room: Room) => room.state !== 'scheduled' && room.state !== 'closed';

/** @returns what must be done: Redis has no current version of the room, or has a newer one than this process */
async function tickRoom(deps: AdmissionDeps, room: Room): Promise<'restore' | 'refresh' | null> {
  // A little less than the interval, so that a timer that fires early does not lose its step.
  const spacingMs = deps.config.tickMs * 0.9;
  const claimMs = room.settings.claim_seconds * 1_000;
  const result = await tick(deps.redis, room.id, {
    spacingMs,
    highWaterMarks: highWaterMarksOf(room),
    claimMs,
  });
  if (!result || result.epoch < room.epoch) return 'restore';
  if (result.epoch > room.epoch) return 'refresh';
  if (result.version < room.version) return 'restore';
  deps.rooms.recordSnapshot(room.id, result);
  return result.version > room.version ? 'refresh' : null;
}

/** Postgres may be unavailable. Then high-water marks and rooms are updated later, while admission continues. */
async function housekeeping(
  deps: AdmissionDeps,
  saveProgress: (rooms: Room[]) => Promise<void>,
): Promise<void> {
  try {
    for (const room of deps.rooms.all()) {
      const step = dueStep(room, deps.clock.now());
      if (step) await takeDueStep(deps, room.id, step);
    }
    await saveProgress(deps.rooms.all());
    await saveUses(deps);
    await saveReleases(deps);
    await deps.rooms.refresh();
    await deps.revokedCodes.refresh(deps.rooms.all());
  } catch (err) {
    deps.log.warn({ err }, 'housekeeping failed; it will run again');
  }
}

async function rareHousekeeping(deps: AdmissionDeps): Promise<void> {
  try {
    await deps.themes.refresh();
    await deps.keyring.refresh();
  } catch (err) {
    deps.log.warn({ err }, 'themes and keys were not read; they will be read again');
  }
}

/**
 * Every gateway sees what is due; the second one finds it done. When Redis does not answer, Postgres has the step
 * already, and the ticker brings it to Redis later. Other rooms may be on a node of a Cluster that answers.
 */
async function takeDueStep(deps: AdmissionDeps, id: string, step: StateTransition): Promise<void> {
  try {
    await transitionRoom(deps, id, step);
  } catch (error) {
    const isDone = error instanceof Problem && error.status < 500;
    if (!isDone && !isRedisUnavailable(error)) throw error;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, ms));
    signal.addEventListener('abort', done);
  });
}
