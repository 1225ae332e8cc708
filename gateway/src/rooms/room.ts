import type { RoomState } from '@shopfast/kit/contracts/api';
import type { RoomSettings } from './settings.ts';
import type { StoredState } from './steps.ts';

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
  priority: LineFigures;
  callsInLastMinute: number;
  /** Redis's clock, ms. */
  at: number;
};

/** A room as a gateway process knows it: settings from Postgres, the snapshot from its own ticks. */
export type Room = {
  id: string;
  settings: RoomSettings;
  state: StoredState;
  /** `state`, or `sold_out` while nothing remains and nothing is held. */
  shownState: RoomState;
  version: number;
  epoch: number;
  snapshot: Snapshot | null;
  /** When this process first saw the room open, ms; null while it is not. */
  openedAt: number | null;
  /** The highest index that this process gave in this epoch. */
  highestJoined: number;
  /** The same of the priority line. */
  highestPriorityJoined: number;
  /** How fast numbers were given in the busiest of the last seconds; for the margin after a loss of Redis. */
  joinsPerSecond: number;
  /** Calls in the last 60 s, once the room has been open so long; else null. */
  callsInLastMinute: number | null;
  /** Joins a second, smoothed over ten seconds, all gateways together. */
  joinRate: number;
};
