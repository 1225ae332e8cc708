import { expect, test } from 'vitest';
import { mailboxOf } from './mailbox.ts';

test.each([
  ['ann.lee@gmail.com', 'annlee@googlemail.com'],
  ['annlee@gmail.com', 'A.N.N.Lee@GoogleMail.com'],
  ['annlee+shop@gmail.com', 'ann.lee+other@googlemail.com'],
  ['Ann+1@example.com', 'ann+2@EXAMPLE.com'],
  ['ann@example.com', ' ann@example.com '],
])('%s and %s are one mailbox', (one, other) => {
  expect(mailboxOf(one)).toBe(mailboxOf(other));
});

test.each([
  ['ann.lee@example.com', 'annlee@example.com'],
  ['annlee@gmail.com', 'annlee@example.com'],
  ['ann@gmail.com.example.com', 'a.nn@gmail.com.example.com'],
  ['+ann@example.com', '+bob@example.com'],
])('%s and %s are two mailboxes', (one, other) => {
  expect(mailboxOf(one)).not.toBe(mailboxOf(other));
});
