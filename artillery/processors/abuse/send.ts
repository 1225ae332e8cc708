import type { Answer, Bot } from './bot.ts';

const PATIENCE_MS = 30_000;

type Call = { bearer?: string; headers?: Record<string, string>; body?: object };

/** A bot's request, sent in artillery's process but not by artillery. @returns null if there was no answer */
export async function send(
  { target }: Bot,
  address: string,
  method: string,
  path: string,
  { bearer, headers, body }: Call = {},
): Promise<Answer | null> {
  const answer = await fetch(target + path, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: {
      'x-forwarded-for': address,
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => null);
  if (!answer) return null;
  const document = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  const { status } = answer;
  const retrySeconds = Number(answer.headers.get('retry-after') ?? 0);
  return { status, code: (document.code as string | undefined) ?? '', body: document, retrySeconds };
}
