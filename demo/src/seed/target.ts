/** A gateway, and the key of an owner of it. */
export type Target = { origin: string; adminKey: string };

/** The target refused a request, or cannot be reached. */
export class TargetError extends Error {}

/**
 * One call of an operator.
 * @param accept statuses beside 2xx that are no error
 * @returns the status and the answer's document
 * @throws TargetError
 */
export async function operate(
  { origin, adminKey }: Target,
  method: string,
  path: string,
  { body, accept = [] }: { body?: object; accept?: number[] } = {},
): Promise<{ status: number; document: Record<string, unknown> }> {
  const answer = await fetch(`${origin}/v1/admin${path}`, {
    method,
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch((error: Error) => {
    throw new TargetError(`${origin} cannot be reached: ${String(error.cause ?? error.message)}`);
  });
  const text = await answer.text();
  if (!answer.ok && !accept.includes(answer.status))
    throw new TargetError(`${method} ${path}: ${answer.status} ${text}`);
  return { status: answer.status, document: text === '' ? {} : JSON.parse(text) };
}
