/** The messages between starter and supervisor on their IPC channel. */

export const partNames = ['postgres', 'waitroom', 'jobs'] as const;
export type PartName = (typeof partNames)[number];

export type SupervisorOptions = {
  parts: PartName[];
  /** Whether Redis keeps an append-only file, so that a killed server restores its data. */
  appendOnly: boolean;
  /** Whether Redis runs in cluster mode, each server a cluster of one that owns every slot. */
  clustered: boolean;
  /** The folder in which the data stays after the end. Undefined: a temporary folder, which is removed. */
  keptFolder: string | undefined;
};

/** What a starter needs to clean up after a killed supervisor. */
export type SupervisorState = {
  /** The folder to remove; empty without one, or when it is kept. */
  folder: string;
  /** Every running program, also one that is still starting; each leads a process group. */
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
