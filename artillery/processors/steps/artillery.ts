/** The used part of what artillery passes to the functions of a processor. */
export type Context<Vars> = { vars: Vars };
export type Events = { emit(kind: 'counter' | 'histogram', name: string, value: number): void };
export type Next = (error?: Error) => void;
export type Response = {
  statusCode: number;
  headers: Record<string, string | undefined>;
  body: string;
  timings: { phases: { total?: number } };
};
export type Request = {
  followRedirect?: boolean;
  cookieJar?: unknown;
  headers?: Record<string, string>;
};

/** Counters of one kind of client, `<group>.<name>`. */
export type Tally<Name extends string> = {
  /** Full names, as in thresholds. */
  names: string[];
  count(events: Events, name: Name, by?: number): void;
  /** A threshold fails on a counter that never counted. */
  countFromZero(events: Events): void;
};

export function tallyOf<Name extends string>(group: string, names: readonly Name[]): Tally<Name> {
  const count = (events: Events, name: Name, by = 1) => events.emit('counter', `${group}.${name}`, by);
  return {
    names: names.map((name) => `${group}.${name}`),
    count,
    countFromZero: (events) => {
      for (const name of names) count(events, name, 0);
    },
  };
}
