import type { RoomState } from '@shopfast/kit/contracts/api';
import type { RoomSettings } from '@shopfast/kit/contracts/rooms';
import type { Draw, DrawVersion } from '../lottery/draw.ts';
import type { CallLog } from './call-log.ts';
import type { StoredState } from './state-machine.ts';
import type { ThroughputEstimate } from './throughput-estimator.ts';

/** A line's counters: numbers given, the last one called, live tickets that wait. */
export type LineFigures = { issued: number; serving: number; waiting: number };

/** What the last admission step saw; at most a tick old. */
export type Snapshot = {
  serving: number;
  waiting: number;
  active: number;
  /** Numbers given so far. */
  issued: number;
  remaining: number | null;
  held: number | null;
  sold: number | null;
  priority: LineFigures & { called: number };
  callsInLastMinute: number;
  /** When Redis created the room (again), ms; the three counts start there. */
  madeAt: number;
  joined: number;
  called: number;
  /** Left or abandoned before they were called. */
  dropped: number;
  /** The room's version in Redis at that time. */
  version: number;
  /** Redis's clock, ms. */
  at: number;
};

/** Live tickets that wait in either line. */
export const waitingInBoth = ({ waiting, priority }: Snapshot): number => waiting + priority.waiting;

/** A room as a gateway process knows it: settings from Postgres, the snapshot from its own ticks. */
export type Room = {
  id: string;
  settings: RoomSettings;
  state: StoredState;
  /** `state`, or `sold_out` while nothing remains and nothing is held. */
  shownState: RoomState;
  version: number;
  epoch: number;
  /** How many codes of this generation were revoked. */
  revokedCodes: number;
  /** Whether codes without an epoch are valid: the room is older than epochs in codes. */
  takesCodesWithoutEpoch: boolean;
  snapshot: Snapshot | null;
  /** The calls of the last minute, as this process saw them. */
  callLog: CallLog | null;
  /** The highest index that this process gave in this epoch. */
  highestJoined: number;
  /** The same of the priority line. */
  highestPriorityJoined: number;
  /** The highest rate of joins in the last seconds; for the margin after a loss of Redis. */
  joinsPerSecond: number;
  /** For a lottery room: its commitment; also seed and size once it was drawn. */
  lottery: { version: DrawVersion; commitment: string; drawn: Pick<Draw, 'seed' | 'size'> | null } | null;
  /** How fast the line moves, and what limits it. */
  throughput: ThroughputEstimate;
  /** Joins a second, smoothed over ten seconds, all gateways together. */
  joinRate: number;
};

/**
 * Whether a step of this room would change nothing: nobody waits, nobody has been called, the minute of the rate is
 * empty, and nobody has joined here since the last step.
 */
export function isIdle({ snapshot, version, highestJoined, highestPriorityJoined }: Room): boolean {
  if (snapshot?.version !== version) return false;
  const { active, callsInLastMinute, issued, priority } = snapshot;
  if (waitingInBoth(snapshot) + active + callsInLastMinute > 0) return false;
  return highestJoined <= issued && highestPriorityJoined <= priority.issued;
}
