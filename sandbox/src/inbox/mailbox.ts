/** A stored mail; `to` are the recipients of the envelope, in lower case. */
export type Message = {
  id: string;
  message_id: string | null;
  from: string;
  to: string[];
  subject: string;
  received_at: string;
  text: string;
  html: string | null;
  /** By name in lower case; of several with one name, the last. */
  headers: Record<string, string>;
};

export type MessageQuery = {
  /** Only mails to this address. */
  to?: string | undefined;
  /** Only mails that arrived after the one with this id. */
  after?: string | undefined;
  limit: number;
};

export type Mailbox = {
  add(message: Omit<Message, 'id'>): Message;
  /** Oldest first. */
  list(query: MessageQuery): Message[];
  /** Newest first, for people. */
  latest(query: { to?: string | undefined; limit: number }): Message[];
  find(id: string): Message | undefined;
  clear(): void;
  /** `count`: all; `distinct`: each Message-ID once; `dropped`: removed because the mailbox was full. */
  summary(): { count: number; distinct: number; dropped: number; by_subject: Record<string, number> };
};

export const CAPACITY = 50_000;

/**
 * Mails in memory. At `capacity`, each new mail removes the oldest.
 * @param kept the mails of an earlier run, oldest first
 */
export function createMailbox(capacity = CAPACITY, kept: readonly Message[] = []): Mailbox {
  const messages = new Map(kept.map((message) => [message.id, message]));
  let lastId = Number(kept.at(-1)?.id ?? 0);
  let dropped = 0;

  const isFor = (message: Message, to: string | undefined) => !to || message.to.includes(to.toLowerCase());

  return {
    add: (message) => {
      lastId += 1;
      const kept: Message = { id: String(lastId), ...message };
      messages.set(kept.id, kept);
      if (messages.size > capacity) {
        const [oldest] = messages.keys();
        if (oldest !== undefined) messages.delete(oldest);
        dropped += 1;
      }
      return kept;
    },
    list: ({ to, after, limit }) =>
      [...messages.values()]
        .filter((message) => Number(message.id) > Number(after ?? 0) && isFor(message, to))
        .slice(0, limit),
    latest: ({ to, limit }) =>
      [...messages.values()]
        .filter((message) => isFor(message, to))
        .slice(-limit)
        .reverse(),
    find: (id) => messages.get(id),
    clear: () => {
      messages.clear();
      dropped = 0;
    },
    summary: () => {
      const bySubject: Record<string, number> = Object.create(null);
      const distinct = new Set<string>();
      for (const { id, message_id, subject } of messages.values()) {
        bySubject[subject] = (bySubject[subject] ?? 0) + 1;
        distinct.add(message_id ?? id);
      }
      return { count: messages.size, distinct: distinct.size, dropped, by_subject: bySubject };
    },
  };
}
