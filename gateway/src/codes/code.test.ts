import { expect, test } from 'vitest';
import { createCodeSigner, newCodeId } from './code.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

test('of the texts whose signature decodes to the same bytes, one is a code', () => {
  const { sign, verify } = createCodeSigner(['a secret of the tickets, long enough']);
  const text = sign({ room: 'launch', epoch: 1, kind: 'invite', id: newCodeId(), uses: 1, endsMs: null });
  const others = [...ALPHABET].map((last) => text.slice(0, -1) + last);
  expect(others.filter((one) => verify(one) !== null)).toEqual([text]);
});
