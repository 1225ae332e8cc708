/** The answer to one request. */
export type Answer = {
  /** 0: the connection ended without an answer. */
  status: number;
  /** By lower-case name; a repeated header is joined by ", " (`set-cookie` by a line break). */
  headers: Record<string, string>;
  text: string;
  ms: number;
  /** What was sent, for the report. */
  sent: string;
  /** The error that its case found in it. It stays with the answer, because the same case may run twice in parallel. */
  wrong?: string | undefined;
};

/** For `together`: the first thing that the case itself found wrong. */
export const firstWrong = (answers: readonly Answer[]): string | undefined =>
  answers.find(({ wrong }) => wrong !== undefined)?.wrong;

/** The `code` of a problem document (RFC 9457), if the answer is one. */
export function codeOf(answer: Answer): string | undefined {
  const { code } = jsonOf(answer) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/** The body as JSON; an empty object if it is not JSON. */
export function jsonOf(answer: Answer): Record<string, unknown> {
  try {
    return (JSON.parse(answer.text) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}

/** The value of a cookie that an answer sets. */
export function cookieOf(answer: Answer, name: string): string | undefined {
  const line = (answer.headers['set-cookie'] ?? '').split('\n').find((one) => one.startsWith(`${name}=`));
  return line?.slice(name.length + 1).split(';', 1)[0];
}
