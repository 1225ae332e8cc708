/** One server-sent event. `retryMs` is the pause before the next connection, if the server asked for one. */
export type ServerEvent = { event: string; data: string; retryMs: number | null };

/**
 * Parses server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). EventSource cannot send
 * an Authorization header, so the stream comes from `fetch`.
 * @returns a function that takes the next piece of text and returns the events that it completed
 */
export function createEventReader(): (text: string) => ServerEvent[] {
  let rest = '';
  let event = '';
  let data: string[] = [];
  let retryMs: number | null = null;

  function takeLine(line: string): ServerEvent | null {
    if (line === '') {
      const complete = data.length > 0 || retryMs !== null;
      const done = { event: event || 'message', data: data.join('\n'), retryMs };
      event = '';
      data = [];
      retryMs = null;
      return complete ? done : null;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    if (field === 'event') event = value;
    if (field === 'retry' && /^\d+$/.test(value)) retryMs = Number(value);
    return null;
  }

  return (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    return lines.flatMap((line) => takeLine(line) ?? []);
  };
}
