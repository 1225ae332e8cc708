import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CodeKind } from '@shopfast/kit/contracts/limits';

/** The content of a code. Nothing of it is stored until it is used. */
export type Code = {
  room: string;
  /** The room's generation; null in older codes. */
  epoch: number | null;
  kind: CodeKind;
  /** Random id, the key for counting uses. */
  id: string;
  /** How many times it can be used. */
  uses: number;
  /** When it expires, ms since 1970, whole seconds; null: never. */
  endsMs: number | null;
};

/**
 * Signs and checks codes: `{inv|pri}_{room}.{epoch}.{id}.{uses}.{end}.{mac}`, numbers in base 36, end in seconds, 0 for
 * never. Older codes have no epoch.
 */
export type CodeSigner = {
  sign(code: Code): string;
  /** The code, or null when it is malformed or its signature is not ours. */
  verify(text: string): Code | null;
};

const PREFIXES = { invite: 'inv', priority: 'pri' } as const;
const CODE =
  /^((inv|pri)_([a-z0-9-]{1,48})(?:\.([1-9a-z][0-9a-z]{0,6}))?\.([\w-]{12})\.([0-9a-z]{1,6})\.([0-9a-z]{1,8}))\.([\w-]{22})$/;

export const newCodeId = (): string => randomBytes(9).toString('base64url');

/** @param secrets the ticket secrets: keys derived from them; the first signs, all are accepted */
export function createCodeSigner(secrets: readonly string[]): CodeSigner {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'shopfast code', 32)));
  const [signing] = keys;
  if (!signing) throw new Error('a code signer needs at least one secret');
  const mac = (body: string, key: Buffer) =>
    createHmac('sha256', key).update(body).digest().subarray(0, 16).toString('base64url');

  return {
    sign: ({ room, epoch, kind, id, uses, endsMs }) => {
      const end = Math.floor((endsMs ?? 0) / 1_000);
      const generation = epoch === null ? '' : `.${epoch.toString(36)}`;
      const body = `${PREFIXES[kind]}_${room}${generation}.${id}.${uses.toString(36)}.${end.toString(36)}`;
      return `${body}.${mac(body, signing)}`;
    },
    verify: (text) => {
      const parts = CODE.exec(text.trim());
      if (!parts) return null;
      const [, body = '', prefix, room = '', epoch, id = '', uses = '', end = '', given = ''] = parts;
      // As text: several last characters decode to the same bytes, and a code has one text.
      const presented = Buffer.from(given);
      if (!keys.some((key) => timingSafeEqual(Buffer.from(mac(body, key)), presented))) return null;
      const endsMs = Number.parseInt(end, 36) * 1_000;
      return {
        room,
        epoch: epoch === undefined ? null : Number.parseInt(epoch, 36),
        kind: prefix === 'inv' ? 'invite' : 'priority',
        id,
        uses: Number.parseInt(uses, 36),
        endsMs: endsMs === 0 ? null : endsMs,
      };
    },
  };
}
