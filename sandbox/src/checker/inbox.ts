/** How many mails of the sandbox's inbox have each Message-ID. */
export async function readInbox(inboxUrl: string): Promise<Map<string, number>> {
  const received = new Map<string, number>();
  let after = '';
  do {
    const answer = await fetch(`${inboxUrl}/api/messages?limit=10000${after && `&after=${after}`}`);
    const page = (await answer.json()) as {
      messages: Array<{ message_id: string }>;
      next_after: string | null;
    };
    for (const { message_id } of page.messages) received.set(message_id, (received.get(message_id) ?? 0) + 1);
    after = page.next_after ?? '';
  } while (after);
  return received;
}
