import { z } from 'zod';

const page = z.object({
  messages: z.array(z.object({ message_id: z.string().nullable() })),
  next_after: z.string().nullish(),
});

/** How many mails of the sandbox's inbox have each Message-ID. */
export async function readInbox(inboxUrl: string): Promise<Map<string, number>> {
  const received = new Map<string, number>();
  let after = '';
  do {
    const answer = await fetch(`${inboxUrl}/api/messages?limit=10000${after && `&after=${after}`}`);
    const { messages, next_after } = page.parse(await answer.json());
    for (const { message_id: id } of messages) if (id) received.set(id, (received.get(id) ?? 0) + 1);
    after = next_after ?? '';
  } while (after);
  return received;
}
