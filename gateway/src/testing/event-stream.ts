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
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += new TextDecoder().decode(chunk);
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const data = /^data: (.*)$/m.exec(part)?.[1];
        if (data) documents.push(JSON.parse(data) as Document);
      }
    }
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
