/** The messages between starter and supervisor on their IPC channel. */

export const partNames = ['postgres', 'waitroom', 'jobs'] as const;
export type PartName = (typeof partNames)[number];

/** A server of a Cluster, or of a primary with replica and Sentinel. */
export type NodeName = `${'node' | 'sentinel'}-${number}`;
export type AnyPart = PartName | NodeName;

export type SupervisorOptions = {
  parts: AnyPart[];
  /** Whether Redis keeps an append-only file, so that a killed server restores its data. */
  appendOnly: boolean;
  /** Whether Redis runs in cluster mode. The starter joins the nodes and assigns the slots. */
  clustered: boolean;
  /** Redis accepts only TLS connections with a client certificate: the PEM files of the server. */
  tls?: TlsFiles | undefined;
  /** The folder in which the data stays after the end. Undefined: a temporary folder, which is removed. */
  keptFolder: string | undefined;
};

export type TlsFiles = { ca: string; cert: string; key: string };

/** What a starter needs to clean up after a killed supervisor. */
export type SupervisorState = {
  /** The folder to remove; empty without one, or when it is kept. */
  folder: string;
  /** Every running program, also one that is still starting; each leads a process group. */
  alive: number[];
  /** The parts that run. */
  pids: Partial<Record<AnyPart, number>>;
};

export type Command = { id: number; command: 'stop' | 'kill' | 'restart'; part?: AnyPart };

export type SupervisorMessage =
  | ({ kind: 'state' } & SupervisorState)
  | { kind: 'ready'; urls: Partial<Record<AnyPart, string>> }
  | { kind: 'failed'; message: string }
  | { kind: 'answer'; id: number; error?: string }
  | { kind: 'died'; part: AnyPart; detail: string };
