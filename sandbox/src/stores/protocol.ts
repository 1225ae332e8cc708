/** What the starter and the supervisor of the stores say to each other over their IPC channel. */

export const partNames = ['postgres', 'waitroom', 'jobs'] as const;
export type PartName = (typeof partNames)[number];

export type SupervisorOptions = {
  parts: PartName[];
  /** Whether the Redis servers keep an append-only file, so that a killed one comes back with its data. */
  appendOnly: boolean;
  /** Whether they run in cluster mode, each a cluster of one that owns every slot. */
  clustered: boolean;
  /** Where the data stays after the end; undefined: in a temporary folder, which goes. */
  keptFolder: string | undefined;
};

/** All that a starter needs to clean up after a supervisor that was killed. */
export type SupervisorState = {
  /** To be removed; empty when there is none, or when it is kept. */
  folder: string;
  /** Every program that is alive, also one that is only just starting; each leads a process group. */
  alive: number[];
  /** The parts that run. */
  pids: Partial<Record<PartName, number>>;
};

export type Command = { id: number; command: 'stop' | 'kill' | 'restart'; part?: PartName };

export type SupervisorMessage =
  | ({ kind: 'state' } & SupervisorState)
  | { kind: 'ready'; urls: Partial<Record<PartName, string>> }
  | { kind: 'failed'; message: string }
  | { kind: 'answer'; id: number; error?: string }
  | { kind: 'died'; part: PartName; detail: string };
