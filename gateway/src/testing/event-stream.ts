import { createEventReader } from '@shopfast/kit/event-reader';

/** Reads a stream of server-sent events into a list of its documents. */
export async function readEvents<Document>(url: string, bearer: string) {
  const stopping = new AbortController();
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${bearer}` },
    signal: stopping.signal,
  });
  const documents: Document[] = [];
  let ended = false;
  const reading = (async () => {
    const read = createEventReader();
    for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? [])
      for (const { data } of read(text)) if (data !== '') documents.push(JSON.parse(data));
    ended = true;
  })().catch(() => undefined);
  return {
    answer,
    documents,
    hasEnded: () => ended,
    stop: async () => {
      stopping.abort();
      await reading;
    },
  };
}
