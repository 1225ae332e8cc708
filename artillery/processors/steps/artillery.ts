/** What artillery hands to the functions of a processor, as far as it is used here. */
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

/** Counters of one kind of people, `<group>.<name>`. */
export type Tally<Name extends string> = {
  /** In full, as thresholds name them. */
  names: string[];
  count(events: Events, name: Name, by?: number): void;
  /** A counter that never counted is unknown to the thresholds, and an unknown one breaks them. */
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
