import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ShopperRequest } from '@shopfast/sandbox/shopper/calls';
import { z } from 'zod';

/** Sent with `Content-Type: application/json` if it has a body. */
export type Request = Pick<ShopperRequest, 'method' | 'path' | 'body'> &
  Partial<Pick<ShopperRequest, 'headers'>>;
export type Measured = { requests: number; rps: number; p99Ms: number };

const CONNECTIONS = 64;

/** What `wrk/each.lua` prints. */
const wrkResult = z.object({
  requests: z.number(),
  microseconds: z.number(),
  p99_us: z.number(),
  refused: z.number(),
  broken: z.number(),
});

/**
 * Sends requests as fast as they are answered, over 64 connections, cycling through the list.
 * @param expected "refused": every answer must be a refusal
 * @throws if an answer is different or broken: fast errors are not a result
 */
export async function measure(
  origin: string,
  requests: Request[],
  seconds: number,
  expected: 'accepted' | 'refused' = 'accepted',
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'shopfast-bench-'));
  try {
    const file = join(folder, 'requests');
    const lines = requests.map(({ method, path, headers = {}, body }) =>
      [method, path, body ? JSON.stringify(body) : '', ...Object.entries(headers).flat()].join('\t'),
    );
    await writeFile(file, `${lines.join('\n')}\n`);
    const script = join(import.meta.dirname, 'wrk/each.lua');
    const args = [
      '-t1',
      `-c${CONNECTIONS}`,
      `-d${seconds}s`,
      '--timeout',
      '10s',
      '-s',
      script,
      origin,
      '--',
      file,
    ];
    const { stdout } = await promisify(execFile)('wrk', args, { timeout: (seconds + 30) * 1_000 });
    const printed = /^RESULT (.*)$/m.exec(stdout)?.[1];
    if (printed === undefined) throw new Error(`wrk printed no result:\n${stdout}`);
    const result = wrkResult.parse(JSON.parse(printed));
    const right = expected === 'refused' ? result.refused : result.requests - result.refused;
    if (right < result.requests || result.broken > 0)
      throw new Error(
        `${requests[0]?.method} ${requests[0]?.path}: ${result.refused} refused, ${result.broken} broken`,
      );
    const { requests: count } = result;
    return {
      requests: count,
      rps: (result.requests / result.microseconds) * 1e6,
      p99Ms: result.p99_us / 1_000,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
